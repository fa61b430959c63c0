"""基礎資料: boundaries, populations or towns are examined, previewed and replaced."""

import streamlit as st

from kyodo_geo import reference
from kyodo_geo.ui import cards, parts, references, shell
from kyodo_geo.ui.people import person
from kyodo_geo.ui.runtime import store

UPLOADS, PUBLISHED = "kyodo_reference_uploads", "kyodo_reference_published"


def draw(view: shell.View) -> None:
    """Choose what to replace and a file, see what it would change, publish it."""
    edition = view.edition
    parts.draw(edition, "kg_top", shell.head(view), *references.introduction())
    if published := st.session_state.pop(PUBLISHED, None):
        parts.draw(edition, "kg_published", cards.notice(published))
    kind = references.kind_chosen()
    references.offer_current(edition, kind)
    key = f"{UPLOADS}_{kind}_{st.session_state.get(UPLOADS, 0)}"
    upload = st.file_uploader("入れ替えるファイル", type=references.FORMATS[kind], key=key)
    if upload is not None:
        examination = references.examined(edition, kind, upload)
        parts.draw(edition, "kg_report", *references.report(examination, edition))
        references.offer_picture(examination)
        source = references.asked_to_publish(examination)
        if source is not None:
            number = reference.publish(store(), examination, person(), source)
            st.session_state[PUBLISHED] = references.published(examination, number)
            st.session_state[UPLOADS] = st.session_state.get(UPLOADS, 0) + 1
            st.rerun()
    parts.draw(edition, "kg_end", shell.foot(view))


shell.show("reference", draw)
