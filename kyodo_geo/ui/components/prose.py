"""Texts beside the pictures, as parts (static/widgets/prose.js draws them)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from urllib.parse import quote, urlencode

from kyodo_geo.city import city
from kyodo_geo.editions import Edition
from kyodo_geo.japanese import fiscal_year_label
from kyodo_geo.measures.activities.listing import ListedActivity
from kyodo_geo.settings import Settings
from kyodo_geo.ui.components.parts import (
    Box,
    Button,
    Content,
    Definitions,
    ExternalLink,
    Link,
    List,
    Part,
    Term,
    Text,
)
from kyodo_geo.vocabulary import Form, Status, vocabulary_of
from kyodo_geo.vocabulary import Term as VocabularyTerm

SHOWN_ID_LENGTH = 40


def card(label: str, *content: Part | None) -> Part:
    """Frame parts under a label for screen readers; None is left out."""
    return Box([part for part in content if part], "kg-card", label)


def columns(*parts: Part) -> Part:
    """Place boxes side by side."""
    return Box(parts, "kg-columns", tag="div")


def district_heading(edition: Edition, place_id: str) -> list[Part]:
    """Name district, kana, region and council; the whole city for any other place."""
    district = edition.district_by_id.get(place_id)
    if district is None:
        return [title("市全体", f"{len(edition.districts)}地区と全市の取り組み")]
    kana = f"{district.name_kana}・" if district.name_kana else ""
    parts = [title(district.full_name, f"{kana}{district.region}地域")]
    return parts + ([paragraph(district.council_name)] if district.council_name else [])


def place_name(edition: Edition, place_id: str) -> str:
    """Name a place in a caption, e.g. 花北地区; 市全体 for ALL."""
    label = edition.place_by_id[place_id].label
    return "市全体" if place_id == "ALL" else f"{label}{city().district_noun}"


def title(text: str, note: str) -> Part:
    """Build the heading of a card, with a note beside it."""
    return Text([text, small(note)], "h2", "kg-title")


def heading(text: str) -> Part:
    """Build a heading inside a card."""
    return Text(text, "h3", "kg-heading")


def first_heading(text: str) -> Part:
    """Build the heading of a card that has no other above it."""
    return Text(text, "h2", "kg-heading")


def section(text: str) -> Part:
    """Build a heading of the page itself."""
    return Text(text, "h2", "kg-section")


def big_figure(value: str, note: str) -> Part:
    """Show one figure large, with a note beside it."""
    return Text([value, small(note)], style="kg-big")


def paragraph(text: str) -> Part:
    """Build a paragraph."""
    return Text(text)


def notice(text: str) -> Part:
    """Build a notice, announced by screen readers (role status)."""
    return Text(text, style="kg-notice", role="status")


def small(content: Content) -> Part:
    """Build small print after other words."""
    return Text(content, "small")


def tag(word: str) -> Part:
    """Build a framed word about the one before it."""
    return Text(word, "small", "kg-tag")


def unknown_activity(activity_id: str) -> Part:
    """Report an id that no activity of the edition has, cut to SHOWN_ID_LENGTH."""
    shown = activity_id[:SHOWN_ID_LENGTH]
    return notice(f"活動「{shown}」は、この版の記録にありません。一覧から選んでください。")


def buttons(*items: Button) -> Part:
    """Group buttons that change the view."""
    return Box(items, "kg-buttons", tag="div")


def links(*items: Link) -> Part:
    """Group links to other pages."""
    return Box(items, "kg-links", "ほかのページ", "div", "group")


def mail(label: str, to: str, subject: str, lines: Iterable[str]) -> Part:
    """Link to a prepared mail."""
    query = urlencode({"subject": subject, "body": "\r\n".join(lines)}, quote_via=quote)
    return Text([ExternalLink(f"mailto:{to}?{query}", label)], style="kg-mail")


def points(texts: Sequence[str]) -> Part:
    """List texts one below the other."""
    return List(texts, "kg-points")


def activity_link(title: str, activity_id: str, page: str = "activities") -> Link:
    """Link the title of an activity to its place on a page."""
    return Link(title, page, {"activity": [activity_id]})


def activity_item(title: str, activity_id: str, note: str) -> Content:
    """Link an activity in a list, with a note beside it."""
    return [activity_link(title, activity_id), small(note)]


def source_link(address: str) -> Content:
    """Link a source by its own address; empty without one."""
    return [ExternalLink(address, address)] if address else ""


def record_source(edition: Edition) -> tuple[str, str]:
    """Name the record as the source, as a pair of `notes`."""
    return "出典", f"公開資料による活動の記録（{edition.info.label}）"


def contact_details(settings: Settings) -> tuple[tuple[str, Content], ...]:
    """List office, telephone, fax and mail, as pairs of `details`."""
    return (
        ("担当", settings.contact_office),
        ("電話", settings.contact_tel),
        ("FAX", settings.contact_fax),
        ("メール", ExternalLink(f"mailto:{settings.contact_mail}", settings.contact_mail)),
    )


def changes_link(number: int) -> Link:
    """Link to the changes that made edition `number`, where they can be undone."""
    view = {"before": [str(number - 1)], "after": [str(number)]}
    return Link("版の違いを見る、元に戻す", "history", view)


def rows_link(link: Link) -> Part:
    """Style a link to the rows behind a sentence."""
    return Text([link], "span", "kg-rows")


def latest(activities: Iterable[ListedActivity]) -> Part:
    """List activities briefly with year, forms and source."""
    items = [_latest_item(activity) for activity in activities]
    return List(items, "kg-latest") if items else paragraph("記録はありません。")


def forms_of(activity: ListedActivity, *, in_rows: bool = False) -> list[str | Part]:
    """Name the forms of an activity with their marks, implied ones as such."""
    stated = [
        Term(term_key(form), is_marked=True, in_rows=in_rows) for form in activity.forms_stated
    ]
    implied = [
        Term(term_key(form), f"{form.label}（推定）", "", True, True, in_rows)
        for form in activity.forms_implied
    ]
    none = [Term(term_key(Form.UNKNOWN), in_rows=in_rows)]
    return [piece for term in stated + implied or none for piece in (term, "　")]


def position(term: VocabularyTerm) -> int:
    """Return the position of a term in its vocabulary, from 0."""
    return term.bit.bit_length() - 1


def term_key(term: VocabularyTerm) -> str:
    """Return the key of a term in parts and scripts, e.g. form:0."""
    return f"{vocabulary_of(term)}:{position(term)}"


def notes(pairs: Iterable[tuple[str, Content]]) -> Part:
    """List period, counting rule, source … below a picture; empty ones are left out."""
    return Definitions([pair for pair in pairs if pair[1]])


def details(pairs: Iterable[tuple[str, Content]]) -> Part:
    """List the details of one thing as a table; empty ones are left out."""
    return Definitions([pair for pair in pairs if pair[1]], "kg-detail")


def terms(found: Sequence[VocabularyTerm], note: str = "") -> Content:
    """Name terms with their marks, as a value of `notes`."""
    marked = (Term(term_key(term), is_marked=True) for term in found)
    return [*(piece for term in marked for piece in (term, "　")), note]


def term_names(found: Iterable[VocabularyTerm]) -> Content:
    """Name terms without their marks, as a value of `notes`; empty for none."""
    return [piece for term in found for piece in ("　", Term(term_key(term)))][1:]


def _latest_item(activity: ListedActivity) -> Content:
    planned = "（予定）" if activity.status is Status.PLANNED else ""
    year = f"{fiscal_year_label(activity.fiscal_year)}　"
    source = [ExternalLink(activity.source, "出典")] if activity.source else []
    return [activity.title + planned, small([year, *forms_of(activity, in_rows=True), *source])]
