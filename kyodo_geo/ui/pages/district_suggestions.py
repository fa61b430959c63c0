"""次の一歩の手がかり on 地区カルテ: each suggestion with the records behind it."""

from __future__ import annotations

from kyodo_geo.editions import Edition
from kyodo_geo.filters.query_string import texts_from_filters
from kyodo_geo.guideline.suggestions import (
    LOOK_BACK,
    OPEN_STEPS,
    Evidence,
    Suggestion,
    suggestions,
)
from kyodo_geo.japanese import fiscal_year_label
from kyodo_geo.measures.places.summary import summarise
from kyodo_geo.model import District
from kyodo_geo.ui.components import option_bar, prose
from kyodo_geo.ui.components.parts import Content, Folded, Link, List, OptionItem, Part
from kyodo_geo.ui.runtime import settings
from kyodo_geo.ui.state.page_options import HINTS

INTRODUCTION = (
    "話し合いの手がかりです。絞り込みにかかわらず、この版の協働の記録の全体から、決まった規則で"
    "選んでいます。記録にないことは、行われていないこととは限りません。"
)


def choice() -> tuple[OptionItem, ...]:
    """The choice whether suggestions are shown; none where the deployment has none."""
    return (option_bar.option_item(HINTS),) if settings().suggestions else ()


def section(edition: Edition, district: District) -> tuple[Part, ...]:
    """The suggestions for one district, or why there are none; empty where switched off."""
    if not settings().suggestions or option_bar.chosen(HINTS) == "off":
        return ()
    found = suggestions(edition, district.district_id)
    heading = prose.section("次の一歩の手がかり")
    if found.why_none:
        return heading, prose.paragraph(found.why_none)
    return (
        heading,
        prose.paragraph(INTRODUCTION),
        *(_suggestion(edition, district, one) for one in found.found),
    )


def _suggestion(edition: Edition, district: District, one: Suggestion) -> Part:
    content = [
        prose.paragraph(one.because),
        List([_record(activity) for activity in one.evidence], "kg-records"),
        prose.links(*_ways_on(edition, district, one)),
        prose.notes([("規則", f"{one.rule.rule_id} {one.rule.title}（{one.rule.chapter}）")]),
    ]
    return Folded(one.sentence, content)


def _ways_on(edition: Edition, district: District, one: Suggestion) -> list[Link]:
    """Where all records behind a suggestion are: in the list, or among the reviews."""
    if one.view is not None:
        total = summarise(edition, one.view).total.activities
        label = f"もとになった記録 {total:,}件の一覧"
        return [Link(label, "activities", texts_from_filters(one.view))]
    if one.rule in (OPEN_STEPS, LOOK_BACK):
        here = {"district": [district.district_id]}
        return [Link("この地区のふりかえり", "review", here)]
    return []


def _record(one: Evidence) -> Content:
    note = "　".join(text for text in (fiscal_year_label(one.fiscal_year), one.note) if text)
    return [Link(one.title, "activities", {"activity": [one.activity_id]}), prose.small(note)]
