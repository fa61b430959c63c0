"""基礎資料: boundaries, populations or towns are examined, previewed and replaced."""

import streamlit as st

from kyodo_geo.imports.reference import publish
from kyodo_geo.ui import shell
from kyodo_geo.ui.auth.visitor import person
from kyodo_geo.ui.components import mount, prose
from kyodo_geo.ui.pages import reference
from kyodo_geo.ui.runtime import store

UPLOADS, PUBLISHED = "kyodo_reference_uploads", "kyodo_reference_published"


def draw(view: shell.PageView) -> None:
    """Draw the choice of a dataset and a file, what it would change, and the form to publish."""
    edition = view.edition
    mount.draw(edition, "kg_top", shell.head(view), prose.paragraph(reference.INTRODUCTION))
    if published := st.session_state.pop(PUBLISHED, None):
        mount.draw(edition, "kg_published", prose.notice(published))
    kind = reference.choose_kind()
    reference.draw_current_button(edition, kind)
    key = f"{UPLOADS}_{kind}_{st.session_state.get(UPLOADS, 0)}"
    upload = st.file_uploader("入れ替えるファイル", type=reference.FORMATS[kind], key=key)
    if upload is not None:
        examination = reference.cached_dataset(edition, kind, upload)
        mount.draw(edition, "kg_report", *reference.report(examination, edition))
        reference.draw_overlay_buttons(examination)
        source = reference.draw_publish_form(examination)
        if source is not None:
            number = publish(store(), examination, person(), source)
            st.session_state[PUBLISHED] = reference.describe_publication(examination, number)
            st.session_state[UPLOADS] = st.session_state.get(UPLOADS, 0) + 1
            st.rerun()
    mount.draw(edition, "kg_end", shell.foot(view))


shell.show("reference", draw)
