"""次の一歩の手がかり: what a district might talk about next, each from records one can look at.

Rules look at the whole record (all years, 協働 alone), never at a view: what is narrowed away
is not missing. RULES is their table: order is priority, sentences are filled in and no others
are said. Where a district's record is thin there are none.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import islice

from kyodo_geo.editions import Edition
from kyodo_geo.filters.conditions import view_rows
from kyodo_geo.guideline.policy import shipped_policy
from kyodo_geo.guideline.series import Series, recurring
from kyodo_geo.measures.activities.listing import ListedActivity, list_activities
from kyodo_geo.measures.districts.district_similarity import (
    LEAST_FOR_MIX,
    similar_districts,
)
from kyodo_geo.measures.places.composition import mix_of
from kyodo_geo.measures.places.district_shapes import district_neighbours
from kyodo_geo.measures.places.indicators import FEW_RECORDS
from kyodo_geo.measures.places.summary import summarise
from kyodo_geo.model import District, Filters
from kyodo_geo.vocabulary import (
    CITIZEN_SIDE,
    KNOWN_FORMS,
    ActorType,
    Certainty,
    Field,
    Form,
    terms_in,
)

WHOLE_RECORD = Filters()

MOST_SUGGESTIONS, MOST_OF_A_RULE = 5, 2
MOST_EXAMPLES, MOST_LISTED = 5, 12
"""Records shown of a view, which holds all of them; records shown where there is no view."""

MOST_YEARS_NAMED = 5

LEAST_ELSEWHERE = 2
"""One activity elsewhere may be chance."""


@dataclass(frozen=True)
class SuggestionRule:
    """One rule. `rule_id` never changes; `sentence` and `because` are filled in by name."""

    rule_id: str
    title: str
    chapter: str
    sentence: str
    because: str


OPEN_STEPS = SuggestionRule(
    "S4",
    "まだ済んでいない「次の一歩」",
    "指針 第3章 1（課題整理・改善）",
    "ふりかえりに書かれた「次の一歩」のうち、まだ済んでいないものが{count}件あります。",
    "協働は、やって終わりではなく、改善点を次につなげることが大切だとされています。",
)
TOWARDS_CO_HOSTING = SuggestionRule(
    "S3",
    "続いている活動の、市とのかかわり方",
    "指針 第2章 5",
    "「{name}」とその前の回には、{years}か年度（{listed}）の記録があり、形態はどれも"
    "「補助・助成」{certainty}です。ともに主催する「共催」も、話し合ってみることができます。",
    "指針は、目的や内容に合う形態を選ぶことが大切だとしています。補助・助成が合っている活動なら、"
    "変える必要はありません。",
)
FORM_OF_OTHERS = SuggestionRule(
    "S1",
    "似た地区が同じ分野で用いている形態",
    "指針 第2章 5",
    "「{field}」の分野で、活動の似た{districts}の記録には「{form}」{certainty}があります。"
    "この地区の同じ分野で形態のわかる{known}件には、まだありません。",
    "{meaning}形態です。同じ分野の進め方として参考になります。",
)
ACTOR_NEXT_DOOR = SuggestionRule(
    "S2",
    "隣の地区で加わっている主体",
    "指針 第3章 2 (1)",
    "{actor}の加わった協働は、この地区の記録にはまだありません。{districts}の記録にはあります。",
    "指針が{actor}に望むのは、「{aim}」ことです。声をかけるときの参考になります。",
)
LOOK_BACK = SuggestionRule(
    "S5",
    "続いている活動のふりかえり",
    "指針 第3章 1（課題整理・改善）",
    "「{name}」とその前の回には、{years}か年度（{listed}）の記録があり、ふりかえりはまだ"
    "記録されていません。",
    "次の回の前に話し合って残しておくと、担当が替わっても引き継げます。",
)
RULES: tuple[SuggestionRule, ...] = (
    OPEN_STEPS,
    TOWARDS_CO_HOSTING,
    FORM_OF_OTHERS,
    ACTOR_NEXT_DOOR,
    LOOK_BACK,
)
"""All rules, the most important first: what people themselves have written down, then what is
nearest to an activity of the district's own, then what others do."""

FIELDS = tuple(name for name in Field if name is not Field.OTHER)

THIN = (
    "この地区の協働の記録は{count}件と少ないため、手がかりは示していません。"
    "記録が{least}件になると、ほかの地区の記録と見比べた手がかりを示します。"
)
NOTHING_FOUND = "いまの記録からは、手がかりになるものは見つかりませんでした。"


@dataclass(frozen=True)
class Evidence:
    """One activity behind a suggestion, and what matters about it."""

    activity_id: str
    title: str
    fiscal_year: int | None
    note: str = ""


@dataclass(frozen=True)
class Suggestion:
    """One suggestion: its rule, what it says, and the newest records behind it.

    `view` holds all of them, where filters can say so.
    """

    rule: SuggestionRule
    sentence: str
    because: str
    evidence: tuple[Evidence, ...]
    view: Filters | None = None


@dataclass
class FormsOfField:
    """Activities of known form in one field, and how often each form is among them (延べ)."""

    activities: int = 0
    forms: Counter[Form] = field(default_factory=Counter)


@dataclass(frozen=True)
class Suggestions:
    """At most MOST_SUGGESTIONS, by priority; where there are none `why_none` says why."""

    found: tuple[Suggestion, ...]
    why_none: str = ""


def suggestions(edition: Edition, district_id: str) -> Suggestions:
    """What one district might talk about next. Raises KeyError for an unknown one."""
    return edition.cached(("suggestions", district_id), lambda: _suggestions(edition, district_id))


def _suggestions(edition: Edition, district_id: str) -> Suggestions:
    district = edition.district_by_id[district_id]
    activities = mix_of(edition, WHOLE_RECORD, district_id).activities
    if activities < FEW_RECORDS:
        return Suggestions((), THIN.format(count=activities, least=FEW_RECORDS))
    series = recurring(edition, WHOLE_RECORD, district_id)
    of_rules = {
        OPEN_STEPS: _open_steps(edition, district),
        TOWARDS_CO_HOSTING: _towards_co_hosting(series),
        FORM_OF_OTHERS: _forms_of_others(edition, district),
        ACTOR_NEXT_DOOR: _actors_next_door(edition, district),
        LOOK_BACK: islice(_look_back(series), 1),
    }
    found = [one for rule in RULES for one in islice(of_rules[rule], MOST_OF_A_RULE)]
    return Suggestions(tuple(found[:MOST_SUGGESTIONS]), "" if found else NOTHING_FOUND)


def _open_steps(edition: Edition, district: District) -> Iterator[Suggestion]:
    mask = edition.place_by_id[district.district_id].mask
    steps = [
        Evidence(row.activity_id, row.title, row.fiscal_year, note=row.next_step)
        for row in view_rows(edition, WHOLE_RECORD, "open_steps", place_mask=mask)
    ]
    if steps:
        yield _build_suggestion(OPEN_STEPS, steps[:MOST_LISTED], count=f"{len(steps):,}")


def _towards_co_hosting(series: Iterable[Series]) -> Iterator[Suggestion]:
    for one in series:
        if one.is_always(Form.SUBSIDY):
            certainty = "" if one.is_stated(Form.SUBSIDY) else "（推定を含む）"
            yield _of_series(TOWARDS_CO_HOSTING, one, certainty=certainty)


def _look_back(series: Iterable[Series]) -> Iterator[Suggestion]:
    for one in series:
        if not (one.is_reviewed or one.is_always(Form.SUBSIDY)):  # else it has been named already
            yield _of_series(LOOK_BACK, one)


def _of_series(rule: SuggestionRule, series: Series, **words: str) -> Suggestion:
    newest = reversed(series.occasions[-MOST_LISTED:])
    evidence = [Evidence(one.activity_id, one.title, one.fiscal_year) for one in newest]
    years = series.years
    listed = "・".join(map(str, years)) + "年度"
    if len(years) > MOST_YEARS_NAMED:
        listed = f"{years[0]}〜{years[-1]}年度のうち"
    return _build_suggestion(
        rule, evidence, name=series.name, years=str(len(years)), listed=listed, **words
    )


def _forms_of_others(edition: Edition, district: District) -> Iterator[Suggestion]:
    """Most widespread among the similar districts first, then in the order of the fields."""
    forms = _forms_by_field(edition)
    here = forms[district.district_id]
    kin = similar_districts(edition, WHOLE_RECORD, district.district_id)
    similar = [one.district for one in kin]
    found = []
    for subject in FIELDS:
        if here[subject].activities < LEAST_FOR_MIX:
            continue
        for form in KNOWN_FORMS:
            others = {d: n for d in similar if (n := forms[d.district_id][subject].forms[form])}
            if not here[subject].forms[form] and sum(others.values()) >= LEAST_ELSEWHERE:
                found.append((subject, form, others))
    found.sort(key=lambda one: -len(one[2]))
    for subject, form, others in found:
        yield _form_of_others(edition, subject, form, others, here[subject].activities)


def _form_of_others(
    edition: Edition, subject: Field, form: Form, others: Mapping[District, int], known: int
) -> Suggestion:
    ids = tuple(district.district_id for district in others)
    view = WHOLE_RECORD.but(fields=(subject,), forms=(form,), districts=ids)
    said = _build_suggestion(
        FORM_OF_OTHERS,
        _evidence(edition, view),
        field=subject.label,
        form=form.label,
        certainty=_certainty(edition, view),
        districts=_district_counts(others),
        known=f"{known:,}",
        meaning=form.definition,
    )
    return replace(said, view=view)


def _certainty(edition: Edition, view: Filters) -> str:
    """What has to be said where not all sources of a view state its form."""
    total = summarise(edition, view).total.activities
    stated = summarise(edition, view.but(certainty=Certainty.STATED)).total.activities
    if stated == total:
        return ""
    return "（推定を含む）" if stated else "（推定）"


def _forms_by_field(edition: Edition) -> Mapping[str, Mapping[Field, FormsOfField]]:
    """What each place has on record by field; zero where there is nothing."""

    def read() -> Mapping[str, Mapping[Field, FormsOfField]]:
        found = {
            place.place_id: {name: FormsOfField() for name in Field} for place in edition.places
        }
        for row in view_rows(edition, WHOLE_RECORD, "field_forms"):
            if forms := terms_in(Form, row.form_mask & ~Form.UNKNOWN.bit):
                of_field = found[row.place_id][Field.of(row.field)]
                of_field.activities += row.activities
                of_field.forms.update(dict.fromkeys(forms, row.activities))
        return found

    return edition.cached("forms by field", read)


def _actors_next_door(edition: Edition, district: District) -> Iterator[Suggestion]:
    """Most widespread in the districts around first, then in the guideline's order."""
    here = mix_of(edition, WHOLE_RECORD, district.district_id)
    around_ids = district_neighbours(edition)[district.district_id]
    around = [edition.district_by_id[district_id] for district_id in around_ids]
    found: list[tuple[ActorType, dict[District, int]]] = []
    for actor in CITIZEN_SIDE:
        counts = {d: mix_of(edition, WHOLE_RECORD, d.district_id).count(actor) for d in around}
        others = {d: n for d, n in counts.items() if n >= LEAST_ELSEWHERE}
        if others and not here.count(actor):
            found.append((actor, others))
    found.sort(key=lambda one: -len(one[1]))
    for actor, others in found:
        view = WHOLE_RECORD.but(actors=(actor,), districts=tuple(d.district_id for d in others))
        aim = shipped_policy().citizens[actor].aim
        said = _build_suggestion(
            ACTOR_NEXT_DOOR,
            _evidence(edition, view),
            actor=actor.label,
            districts=_district_counts(others),
            aim=aim,
        )
        yield replace(said, view=view)


def _evidence(edition: Edition, view: Filters) -> list[Evidence]:
    return [
        Evidence(one.activity_id, one.title, one.fiscal_year, _note(one))
        for one in list_activities(edition, view, limit=MOST_EXAMPLES)
    ]


def _note(activity: ListedActivity) -> str:
    """Where it was and in which forms; what no source states is marked."""
    forms = [form.label for form in activity.forms_stated]
    forms += [f"{form.label}（推定）" for form in activity.forms_implied]
    return "　".join(("・".join(activity.place_labels), "・".join(forms))).rstrip("　")


def _district_counts(counts: Mapping[District, int]) -> str:
    return "、".join(f"{district.full_name}（{n:,}件）" for district, n in counts.items())


def _build_suggestion(
    rule: SuggestionRule, evidence: Iterable[Evidence], **words: str
) -> Suggestion:
    sentence, because = rule.sentence.format(**words), rule.because.format(**words)
    return Suggestion(rule, sentence, because, tuple(evidence))
