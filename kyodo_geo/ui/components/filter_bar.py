"""The filter row: the same on every page, one chip a filter, the rarer ones behind a button."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kyodo_geo.editions import Edition
from kyodo_geo.filters.conditions import region_names
from kyodo_geo.filters.query_string import FILTER_KEYS, KEYWORD_LENGTH, texts_from_filters
from kyodo_geo.japanese import fiscal_year_label
from kyodo_geo.measures.places.description import describe_view
from kyodo_geo.measures.places.summary import summarise
from kyodo_geo.model import CITYWIDE_ID, CITYWIDE_LABEL, Filters
from kyodo_geo.ui.components import prose
from kyodo_geo.ui.components.option_bar import district_groups
from kyodo_geo.ui.components.parts import Button, Choice, ChoiceGroup, Part, Sentence
from kyodo_geo.ui.components.parts import Filters as FilterRow
from kyodo_geo.ui.components.prose import term_key
from kyodo_geo.vocabulary import ActorType, Certainty, Field, Form, Scope, Status, Term

YEAR_NOTE = "年度を指定すると、年度のわからない活動は含みません。"
CERTAINTY_HELP = "「明記のみ」では、推定した形態を不明として扱います"
KEYWORD_ADVICE = "名称・概要・団体名（空白で区切るとすべてを含むもの）"
CONTEXT_HELP = "参考として数えます。協働の件数には入りません"


def row(without: Sequence[str] = ()) -> Part:
    """The row of chips, without those of the filters that a page has no use for."""
    return FilterRow(without)


def groups(edition: Edition) -> list[ChoiceGroup]:
    """The chips with their fields."""
    regions = [(name, name) for name in region_names(edition)]
    return [
        ChoiceGroup("年度", "period", _years(edition), YEAR_NOTE),
        ChoiceGroup("地域", "names", [Choice("region", "many", "地域", regions)]),
        ChoiceGroup("地区", "names", [_districts(edition)]),
        ChoiceGroup("形態", "names", [_terms("form", "形態", Form)]),
        ChoiceGroup("主体", "names", [_terms("actor", "主体", ActorType)]),
        ChoiceGroup("＋ 絞り込み", "count", _rarer()),
    ]


def sentence(edition: Edition, filters: Filters) -> Part:
    """What the view holds, in one sentence with the 実件数."""
    return Sentence(describe_view(edition, filters))


def empty_state(
    edition: Edition, filters: Filters, without: Sequence[str] = ()
) -> tuple[Part, ...]:
    """Where nothing is left: a sentence, and the nearest views that hold something.

    Filters named in `without` stay as they are.
    """
    if summarise(edition, filters).total.activities:
        return ()
    years = edition.fiscal_years
    period = f"記録があるのは{years[0]}〜{years[-1]}年度です。" if years else ""
    text = f"この条件に合う活動の記録はありません。{period}条件を一つ外すと、次の件数になります。"
    items = []
    for label, relaxed in _relaxations(filters, without):
        count = summarise(edition, relaxed).total.activities
        if count:
            change = _change_to(relaxed, without)
            items.append(Button(f"{label}を外す（{count:,}件）", change))
    return prose.notice(text), prose.buttons(*items)


def _terms(key: str, label: str, vocabulary: type[Term]) -> Choice:
    return Choice(key, "many", label, _options(vocabulary))


def _options(vocabulary: type[Term]) -> list[tuple[str, ...]]:
    return [(str(term), term.label, term.definition, term_key(term)) for term in vocabulary]


def _years(edition: Edition) -> list[Choice]:
    years = [(str(year), fiscal_year_label(year)) for year in reversed(edition.fiscal_years)]
    options = [("", "指定なし"), *years]
    labels = {"year_from": "年度（から）", "year_to": "年度（まで）"}
    return [Choice(key, "list", label, options) for key, label in labels.items()]


def _districts(edition: Edition) -> Choice:
    citywide = ("全体", [(CITYWIDE_ID, CITYWIDE_LABEL)])
    return Choice("district", "many", "地区", groups=[*district_groups(edition), citywide])


def _rarer() -> list[Choice]:
    statuses = [("", "すべて"), *_options(Status)]
    return [
        Choice("keyword", "text", "キーワード", longest=KEYWORD_LENGTH, placeholder=KEYWORD_ADVICE),
        _terms("scope", "範囲", Scope),
        _terms("field", "分野", Field),
        Choice("status", "one", "実施・予定", statuses),
        Choice(
            "certainty",
            "one",
            "形態の確実度",
            _options(Certainty),
            help=CERTAINTY_HELP,
            default=str(Certainty.WITH_IMPLIED),
        ),
        Choice(
            "context",
            "toggle",
            "協働ではない活動（市民の範囲・市の範囲）も含める",
            help=CONTEXT_HELP,
        ),
    ]


def _change_to(filters: Filters, without: Sequence[str]) -> dict[str, list[str]]:
    """The change of a view that brings these filters, whatever was set before."""
    nothing: dict[str, list[str]] = {key.key: [] for key in FILTER_KEYS}
    change = nothing | texts_from_filters(filters)
    return {key: texts for key, texts in change.items() if key not in without}


def _relaxations(filters: Filters, without: Sequence[str]) -> Iterable[tuple[str, Filters]]:
    empty = Filters()
    sets = (
        ("年度", ("year_from", "year_to")),
        *((("地域", ("regions",)),) if "region" not in without else ()),
        *((("地区", ("districts",)),) if "district" not in without else ()),
        ("形態", ("forms",)),
        ("主体", ("actors",)),
        ("範囲", ("scopes",)),
        ("分野", ("fields",)),
        ("実施・予定", ("status",)),
        ("確実度", ("certainty",)),
        ("キーワード", ("keyword",)),
    )
    for label, names in sets:
        relaxed = filters.but(**{name: getattr(empty, name) for name in names})
        if relaxed != filters:
            yield label, relaxed
