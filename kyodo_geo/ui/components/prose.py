"""Texts beside the pictures, as parts (static/widgets/prose.js draws them)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from urllib.parse import quote, urlencode

from kyodo_geo.editions import Edition
from kyodo_geo.japanese import fiscal_year_label
from kyodo_geo.measures.activities.listing import ListedActivity
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
    """A box of parts; None is left out."""
    return Box([part for part in content if part], "kg-card", label)


def columns(*parts: Part) -> Part:
    """Boxes side by side."""
    return Box(parts, "kg-columns", tag="div")


def district_heading(edition: Edition, place_id: str) -> list[Part]:
    """Name, kana, region and council of a district; the whole city for any other place."""
    district = edition.district_by_id.get(place_id)
    if district is None:
        return [title("市全体", f"{len(edition.districts)}地区と全市の取り組み")]
    kana = f"{district.name_kana}・" if district.name_kana else ""
    parts = [title(district.full_name, f"{kana}{district.region}地域")]
    return parts + ([paragraph(district.council_name)] if district.council_name else [])


def title(text: str, note: str) -> Part:
    """The heading of a card, what it is beside it."""
    return Text([text, small(note)], "h2", "kg-title")


def heading(text: str) -> Part:
    """A heading inside a card."""
    return Text(text, "h3", "kg-heading")


def first_heading(text: str) -> Part:
    """The heading of a card that has no other above it."""
    return Text(text, "h2", "kg-heading")


def section(text: str) -> Part:
    """A heading in the page itself."""
    return Text(text, "h2", "kg-section")


def big_figure(value: str, note: str) -> Part:
    """One figure large, what it means beside it."""
    return Text([value, small(note)], style="kg-big")


def paragraph(text: str) -> Part:
    """A line of text."""
    return Text(text)


def notice(text: str) -> Part:
    """A sentence that has to be seen before what stands below it."""
    return Text(text, style="kg-notice", role="status")


def small(content: Content) -> Part:
    """Words that say more of those before them."""
    return Text(content, "small")


def tag(word: str) -> Part:
    """A word about the one before it, in a frame."""
    return Text(word, "small", "kg-tag")


def unknown_activity(activity_id: str) -> Part:
    """What is said of an id that no activity has."""
    shown = activity_id[:SHOWN_ID_LENGTH]
    return notice(f"活動「{shown}」は、この版の記録にありません。一覧から選んでください。")


def buttons(*items: Button) -> Part:
    """Buttons that change the view."""
    return Box(items, "kg-buttons", tag="div")


def links(*items: Link) -> Part:
    """Links to other pages."""
    return Box(items, "kg-links", "ほかのページ", "div", "group")


def mail(label: str, to: str, subject: str, lines: Iterable[str]) -> Part:
    """A link that begins a mail."""
    query = urlencode({"subject": subject, "body": "\r\n".join(lines)}, quote_via=quote)
    return Text([ExternalLink(f"mailto:{to}?{query}", label)], style="kg-mail")


def mail_address(address: str) -> Part:
    """An address to write to."""
    return ExternalLink(f"mailto:{address}", address)


def points(texts: Sequence[str]) -> Part:
    """Texts one below the other."""
    return List(texts, "kg-points")


def rows_link(link: Link) -> Part:
    """The way to the rows behind a sentence."""
    return Text([link], "span", "kg-rows")


def latest(activities: Iterable[ListedActivity]) -> Part:
    """A short list of activities with year, forms and source."""
    items = [_latest_item(activity) for activity in activities]
    return List(items, "kg-latest") if items else paragraph("記録はありません。")


def forms_of(activity: ListedActivity, *, in_rows: bool = False) -> list[str | Part]:
    """The forms of an activity with their marks, those that are implied only marked as such."""
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
    """Where a term stands in its vocabulary, from 0: how parts name terms."""
    return term.bit.bit_length() - 1


def term_key(term: VocabularyTerm) -> str:
    """A term of any vocabulary, as parts and scripts name it, e.g. form:0."""
    return f"{vocabulary_of(term)}:{position(term)}"


def notes(pairs: Iterable[tuple[str, Content]]) -> Part:
    """Period, counting rule, denominator, source … below a picture; empty ones are left out."""
    return Definitions([pair for pair in pairs if pair[1]])


def details(pairs: Iterable[tuple[str, Content]]) -> Part:
    """The same as a table of what is known of one thing."""
    return Definitions([pair for pair in pairs if pair[1]], "kg-detail")


def terms(found: Sequence[VocabularyTerm], note: str = "") -> Content:
    """Terms with their marks, as a value of `notes`."""
    marked = (Term(term_key(term), is_marked=True) for term in found)
    return [*(piece for term in marked for piece in (term, "　")), note]


def term_names(found: Iterable[VocabularyTerm]) -> Content:
    """Terms without their marks, as a value of `notes`; empty for none."""
    return [piece for term in found for piece in ("　", Term(term_key(term)))][1:]


def _latest_item(activity: ListedActivity) -> Content:
    planned = "（予定）" if activity.status is Status.PLANNED else ""
    year = f"{fiscal_year_label(activity.fiscal_year)}　"
    source = [ExternalLink(activity.source, "出典")] if activity.source else []
    return [activity.title + planned, small([year, *forms_of(activity, in_rows=True), *source])]
