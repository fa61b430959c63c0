"""取り込み: a file is examined, previewed and published as one edition."""

import streamlit as st

from kyodo_geo import intake
from kyodo_geo.ui import imports, parts, shell
from kyodo_geo.ui.people import person
from kyodo_geo.ui.runtime import store

UPLOADS, PUBLISHED = "kyodo_uploads", "kyodo_published"


def draw(view: shell.View) -> None:
    """Choose a file, see what it would change, publish it."""
    edition = view.edition
    parts.draw(edition, "kg_top", shell.head(view), *imports.introduction())
    imports.offer_template(edition)
    if published := st.session_state.pop(PUBLISHED, None):
        st.success(published)
    key = f"{UPLOADS}_{st.session_state.get(UPLOADS, 0)}"
    upload = st.file_uploader("取り込むファイル", type=imports.SUFFIXES, key=key)
    if upload is not None:
        examination = imports.examined(edition, upload)
        parts.draw(edition, "kg_report", *imports.report(examination))
        imports.offer_refused(examination)
        if imports.asked_to_publish(examination):
            number = intake.publish(store(), examination, person())
            st.session_state[PUBLISHED] = imports.published(examination, number)
            st.session_state[UPLOADS] = st.session_state.get(UPLOADS, 0) + 1
            st.rerun(scope="fragment")
    shell.end(view)


shell.show("import", draw)
