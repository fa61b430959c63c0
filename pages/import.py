"""取り込み: a file is examined, previewed and published as one edition."""

import streamlit as st

from kyodo_geo.imports import activities
from kyodo_geo.imports.reviews import publish_reviews
from kyodo_geo.ui import shell
from kyodo_geo.ui.auth.visitor import person
from kyodo_geo.ui.components import import_report, mount, prose
from kyodo_geo.ui.pages import import_activities
from kyodo_geo.ui.pages.import_activities import REVIEWS_INTRODUCTION
from kyodo_geo.ui.runtime import store

UPLOADS, PUBLISHED = "kyodo_uploads", "kyodo_published"
ACTIVITIES, REVIEWS = import_report.ACTIVITY, import_activities.REVIEW


def draw(view: shell.PageView) -> None:
    """Draw the choice of a file, what it would change, and the button that publishes it."""
    edition = view.edition
    mount.draw(edition, "kg_top", shell.head(view), *import_activities.introduction())
    if published := st.session_state.pop(PUBLISHED, None):
        mount.draw(edition, "kg_published", prose.notice(published))
    kind = st.radio("取り込むもの", (ACTIVITIES, REVIEWS), horizontal=True)
    if kind == ACTIVITIES:
        import_activities.draw_template_button(edition)
    else:
        mount.draw(edition, "kg_about_reviews", prose.paragraph(REVIEWS_INTRODUCTION))
    key = f"{UPLOADS}_{kind}_{st.session_state.get(UPLOADS, 0)}"
    upload = st.file_uploader("取り込むファイル", type=import_activities.SUFFIXES, key=key)
    if upload is not None:
        take_in = take_in_activities if kind == ACTIVITIES else take_in_reviews
        if published := take_in(view, upload):
            st.session_state[PUBLISHED] = published
            st.session_state[UPLOADS] = st.session_state.get(UPLOADS, 0) + 1
            st.rerun()
    shell.end(view)


def take_in_activities(view: shell.PageView, upload: import_activities.UploadedFile) -> str:
    """Examine and publish a list of activities; return the announcement, empty until then."""
    found = import_activities.cached_activities(view.edition, upload)
    mount.draw(view.edition, "kg_report", *import_activities.report(found))
    import_activities.draw_rejected_button(found)
    if not import_report.draw_publish_button(found):
        return ""
    return import_report.describe_publication(found, activities.publish(store(), found, person()))


def take_in_reviews(view: shell.PageView, upload: import_activities.UploadedFile) -> str:
    """Examine and publish a file of reviews; return the announcement, empty until then."""
    found = import_activities.examine_review_file(view.edition, upload)
    mount.draw(view.edition, "kg_report", *import_activities.reviews_report(found))
    if not import_report.draw_publish_button(found, REVIEWS):
        return ""
    number = publish_reviews(store(), found, person())
    return import_report.describe_publication(found, number, REVIEWS)


shell.show("import", draw)
