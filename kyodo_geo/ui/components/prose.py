"""Texts beside the pictures, as parts (static/widgets/prose.js draws them)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from kyodo_geo.measures.activities.listing import ListedActivity
from kyodo_geo.model import District
from kyodo_geo.ui.components.mount import Part
from kyodo_geo.vocabulary import Form, Status, Term, vocabulary_of

SHOWN_ID_LENGTH = 40


def card(label: str, *parts: Part | None) -> Part:
    """A box of parts; None is left out."""
    return {"kind": "card", "label": label, "parts": [part for part in parts if part]}


def district_heading(district: District | None) -> list[Part]:
    """Name, kana, region and council of a district; the whole city for None."""
    if district is None:
        return [_title("市全体", "27地区と全市の取り組み")]
    kana = f"{district.name_kana}・" if district.name_kana else ""
    parts = [_title(f"{district.name}地区", f"{kana}{district.region}地域")]
    return parts + ([paragraph(district.council_name)] if district.council_name else [])


def heading(text: str, level: int = 3) -> Part:
    """A heading inside a card; of level 2 where the card itself has no heading above it."""
    return {"kind": "heading", "text": text, "level": level}


def big_figure(value: str, note: str) -> Part:
    """One figure large, what it means beside it."""
    return {"kind": "big", "text": value, "note": note}


def paragraph(text: str) -> Part:
    """A line of text."""
    return {"kind": "paragraph", "text": text}


def notice(text: str) -> Part:
    """A sentence that has to be seen before what stands below it."""
    return {"kind": "notice", "text": text}


def unknown_activity(activity_id: str) -> Part:
    """What is said of an id that no activity has."""
    shown = activity_id[:SHOWN_ID_LENGTH]
    return notice(f"活動「{shown}」は、この版の記録にありません。一覧から選んでください。")


def latest(activities: Iterable[ListedActivity]) -> Part:
    """A short list of activities with year, forms and source."""
    return {"kind": "latest", "activities": [_latest_item(activity) for activity in activities]}


def forms_of(activity: ListedActivity) -> list[tuple[int, int]]:
    """The forms of an activity by position in `Form`, with 1 where it is implied only."""
    stated = [(position(form), 0) for form in activity.forms_stated]
    return stated + [(position(form), 1) for form in activity.forms_implied]


def position(term: Term) -> int:
    """Where a term stands in its vocabulary, from 0: how parts name terms."""
    return term.bit.bit_length() - 1


def term_key(term: Term) -> str:
    """A term of any vocabulary, as parts and scripts name it, e.g. form:0."""
    return f"{vocabulary_of(term)}:{position(term)}"


def notes(pairs: Iterable[tuple[str, Any]]) -> Part:
    """Period, counting rule, denominator, source … below a picture; empty ones are left out."""
    return {"kind": "definitions", "pairs": [pair for pair in pairs if pair[1]]}


def section(text: str) -> Part:
    """A heading in the page itself."""
    return {"kind": "section", "text": text}


def terms(of: str, found: Sequence[Term]) -> dict[str, Any]:
    """Terms with their marks, as a value of `notes`."""
    return {"of": of, "terms": [position(term) for term in found]}


def _title(text: str, small: str) -> Part:
    return {"kind": "title", "text": text, "small": small}


def _latest_item(
    activity: ListedActivity,
) -> tuple[str, int | None, list[tuple[int, int]], str]:
    planned = "（予定）" if activity.status is Status.PLANNED else ""
    known = [form for form in forms_of(activity) if form[0] != position(Form.UNKNOWN)]
    return activity.title + planned, activity.fiscal_year, known, activity.source
