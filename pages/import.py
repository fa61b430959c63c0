"""取り込み: a file is examined, previewed and published as one edition."""

import streamlit as st

from kyodo_geo import intake
from kyodo_geo.reviews import publish_reviews
from kyodo_geo.ui import cards, imports, parts, review_imports, shell
from kyodo_geo.ui.people import person
from kyodo_geo.ui.runtime import store

UPLOADS, PUBLISHED = "kyodo_uploads", "kyodo_published"
ACTIVITIES, REVIEWS = imports.ACTIVITY, review_imports.REVIEW


def draw(view: shell.View) -> None:
    """Choose a file, see what it would change, publish it."""
    edition = view.edition
    parts.draw(edition, "kg_top", shell.head(view), *imports.introduction())
    if published := st.session_state.pop(PUBLISHED, None):
        parts.draw(edition, "kg_published", cards.notice(published))
    kind = st.radio("取り込むもの", (ACTIVITIES, REVIEWS), horizontal=True)
    if kind == ACTIVITIES:
        imports.offer_template(edition)
    else:
        parts.draw(edition, "kg_about_reviews", *review_imports.introduction())
    key = f"{UPLOADS}_{kind}_{st.session_state.get(UPLOADS, 0)}"
    upload = st.file_uploader("取り込むファイル", type=imports.SUFFIXES, key=key)
    if upload is not None:
        take_in = take_in_activities if kind == ACTIVITIES else take_in_reviews
        if published := take_in(view, upload):
            st.session_state[PUBLISHED] = published
            st.session_state[UPLOADS] = st.session_state.get(UPLOADS, 0) + 1
            st.rerun()
    shell.end(view)


def take_in_activities(view: shell.View, upload: imports.UploadedFile) -> str:
    """What is said once a list of activities is published; empty until then."""
    found = imports.examined(view.edition, upload)
    parts.draw(view.edition, "kg_report", *imports.report(found))
    imports.offer_refused(found)
    if not imports.asked_to_publish(found):
        return ""
    return imports.published(found, intake.publish(store(), found, person()))


def take_in_reviews(view: shell.View, upload: imports.UploadedFile) -> str:
    """The same for a file of reviews."""
    found = review_imports.examined(view.edition, upload)
    parts.draw(view.edition, "kg_report", *review_imports.report(found))
    if not imports.asked_to_publish(found, REVIEWS):
        return ""
    return imports.published(found, publish_reviews(store(), found, person()), REVIEWS)


shell.show("import", draw)
