"""次の一歩の手がかり: suggestions for a district's next step, each with the records behind it.

Rules look at the whole record (all years, 協働 alone), never at a view: what is narrowed away is
not missing (decision 30). RULES is their table in order of priority; sentences are filled in, never
composed. Districts with fewer than FEW_RECORDS activities get none.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice

from kyodo_geo.editions import Edition, cached_per_edition
from kyodo_geo.filters.conditions import view_rows
from kyodo_geo.guideline.policy import shipped_policy
from kyodo_geo.guideline.series import Series, recurring_series
from kyodo_geo.measures.activities.listing import ListedActivity, list_activities
from kyodo_geo.measures.districts.district_similarity import LEAST_FOR_MIX, similar_districts
from kyodo_geo.measures.places.composition import KNOWN_FIELDS, mix_of
from kyodo_geo.measures.places.district_shapes import district_neighbours
from kyodo_geo.measures.places.indicators import FEW_RECORDS
from kyodo_geo.measures.places.summary import activities_in
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
"""Most records of a suggestion with a view, which holds all of them, and of one without."""

MOST_YEARS_NAMED = 5

LEAST_ELSEWHERE = 2
"""One activity elsewhere may be chance."""


@dataclass(frozen=True)
class SuggestionRule:
    """Rule; `rule_id` never changes. `sentence` and `because` are templates (`str.format`)."""

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
"""All rules by priority: what people wrote themselves, their own activities, those of others."""

THIN = (
    "この地区の協働の記録は{count}件と少ないため、手がかりは示していません。"
    "記録が{least}件になると、ほかの地区の記録と見比べた手がかりを示します。"
)
NOTHING_FOUND = "いまの記録からは、手がかりになるものは見つかりませんでした。"


@dataclass(frozen=True)
class Evidence:
    """Activity behind a suggestion, with a note, which may be empty."""

    activity_id: str
    title: str
    fiscal_year: int | None
    note: str = ""


@dataclass(frozen=True)
class Suggestion:
    """Suggestion with the newest records behind it.

    `view` holds all of these records; None where filters cannot express them.
    """

    rule: SuggestionRule
    sentence: str
    because: str
    evidence: tuple[Evidence, ...]
    view: Filters | None = None


@dataclass
class FormsOfField:
    """Activities of known form in one field, and their forms (延べ)."""

    activities: int = 0
    forms: Counter[Form] = field(default_factory=Counter)


@dataclass(frozen=True)
class Suggestions:
    """At most MOST_SUGGESTIONS by priority; where there are none `why_none` gives the reason."""

    found: tuple[Suggestion, ...]
    why_none: str = ""


@cached_per_edition
def suggestions(edition: Edition, district_id: str) -> Suggestions:
    """Suggest next steps of a district. Raises KeyError for an unknown id."""
    district = edition.district_by_id[district_id]
    activities = mix_of(edition, WHOLE_RECORD, district_id).activities
    if activities < FEW_RECORDS:
        return Suggestions((), THIN.format(count=activities, least=FEW_RECORDS))
    series = recurring_series(edition, WHOLE_RECORD, district_id)
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
        yield _build_suggestion(OPEN_STEPS, steps[:MOST_LISTED], None, count=f"{len(steps):,}")


def _towards_co_hosting(series: Iterable[Series]) -> Iterator[Suggestion]:
    for one in series:
        if one.is_always(Form.SUBSIDY):
            certainty = "" if one.is_stated(Form.SUBSIDY) else "（推定を含む）"
            yield _of_series(TOWARDS_CO_HOSTING, one, certainty=certainty)


def _look_back(series: Iterable[Series]) -> Iterator[Suggestion]:
    for one in series:
        # A series of subsidies has been named by TOWARDS_CO_HOSTING already.
        if not (one.is_reviewed or one.is_always(Form.SUBSIDY)):
            yield _of_series(LOOK_BACK, one)


def _of_series(rule: SuggestionRule, series: Series, **words: str) -> Suggestion:
    newest = reversed(series.occasions[-MOST_LISTED:])
    evidence = [Evidence(one.activity_id, one.title, one.fiscal_year) for one in newest]
    years = series.years
    listed = "・".join(map(str, years)) + "年度"
    if len(years) > MOST_YEARS_NAMED:
        listed = f"{years[0]}〜{years[-1]}年度のうち"
    return _build_suggestion(
        rule, evidence, None, name=series.name, years=str(len(years)), listed=listed, **words
    )


def _forms_of_others(edition: Edition, district: District) -> Iterator[Suggestion]:
    """Yield forms most widespread among the similar districts first, then by field."""
    forms = _forms_by_field(edition)
    here = forms[district.district_id]
    kin = similar_districts(edition, WHOLE_RECORD, district.district_id)
    similar = [one.district for one in kin]
    found = []
    for subject in KNOWN_FIELDS:
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
    return _build_suggestion(
        FORM_OF_OTHERS,
        _evidence(edition, view),
        view,
        field=subject.label,
        form=form.label,
        certainty=_describe_certainty(edition, view),
        districts=_district_counts(others),
        known=f"{known:,}",
        meaning=form.definition,
    )


def _describe_certainty(edition: Edition, view: Filters) -> str:
    """Return the note where not all sources of a view state its form; else empty."""
    stated = activities_in(edition, view.but(certainty=Certainty.STATED))
    if stated == activities_in(edition, view):
        return ""
    return "（推定を含む）" if stated else "（推定）"


@cached_per_edition
def _forms_by_field(edition: Edition) -> Mapping[str, Mapping[Field, FormsOfField]]:
    """Count forms per place and field, zero included."""
    found = {place.place_id: {name: FormsOfField() for name in Field} for place in edition.places}
    for row in view_rows(edition, WHOLE_RECORD, "field_forms"):
        if forms := terms_in(Form, row.form_mask & ~Form.UNKNOWN.bit):
            of_field = found[row.place_id][Field.of(row.field)]
            of_field.activities += row.activities
            of_field.forms.update(dict.fromkeys(forms, row.activities))
    return found


def _actors_next_door(edition: Edition, district: District) -> Iterator[Suggestion]:
    """Yield actor types most widespread in the neighbouring districts first."""
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
        yield _build_suggestion(
            ACTOR_NEXT_DOOR,
            _evidence(edition, view),
            view,
            actor=actor.label,
            districts=_district_counts(others),
            aim=shipped_policy().citizens[actor].aim,
        )


def _evidence(edition: Edition, view: Filters) -> list[Evidence]:
    return [
        Evidence(one.activity_id, one.title, one.fiscal_year, _describe_evidence(one))
        for one in list_activities(edition, view, limit=MOST_EXAMPLES)
    ]


def _describe_evidence(activity: ListedActivity) -> str:
    """Return places and forms of an activity; implied forms are marked as 推定."""
    forms = [form.label for form in activity.forms_stated]
    forms += [f"{form.label}（推定）" for form in activity.forms_implied]
    return "　".join(("・".join(activity.place_labels), "・".join(forms))).rstrip("　")


def _district_counts(counts: Mapping[District, int]) -> str:
    return "、".join(f"{district.full_name}（{n:,}件）" for district, n in counts.items())


def _build_suggestion(
    rule: SuggestionRule, evidence: Iterable[Evidence], view: Filters | None, **words: str
) -> Suggestion:
    sentence, because = rule.sentence.format(**words), rule.because.format(**words)
    return Suggestion(rule, sentence, because, tuple(evidence), view)
