"""The guideline's texts, the choice of a form by all combinations of answers, and counts."""

import csv
import itertools
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from builders import activity

from kyodo_geo.editions import Edition
from kyodo_geo.errors import SourceDataError
from kyodo_geo.filters.query_string import view_of
from kyodo_geo.guideline.examples import examples
from kyodo_geo.guideline.form_choice import FormOutcome, choose, read_rules, shipped_rules
from kyodo_geo.guideline.guide_text import (
    Block,
    TermRun,
    read_guide,
    runs_of,
    shipped_guide,
)
from kyodo_geo.measures.places.forms import band_share
from kyodo_geo.measures.places.summary import activities_in
from kyodo_geo.model import Activity, Filters, Record
from kyodo_geo.settings import SHIPPED_DATA_DIR
from kyodo_geo.ui.state import view_state
from kyodo_geo.vocabulary import (
    CONTEXT_SCOPES,
    KNOWN_FORMS,
    KYODO_SCOPES,
    SCOPE_FORMS,
    VOCABULARIES,
    ActorType,
    Form,
    Scope,
    Status,
    Term,
)

GUIDELINE_TERMS = ("actor", "form", "scope", "effect", "principle", "effort")
GUIDE = shipped_guide()
RULES = shipped_rules()
QUESTIONS = {question.question_id: list(question.answers) for question in GUIDE.questions}

HARD_WORDS = (
    *("公益", "主体的", "自主", "自立", "尊重", "醸成", "寄与", "財源", "多様", "留意", "契約"),
    *("貸与", "名義", "当事者", "柔軟", "連携", "推進", "施策", "啓発", "奨励", "資源", "役割"),
    *("責務", "協定書", "効率", "貢献", "促進", "課題", "特性", "提供", "形態", "協働", "条例"),
    *("記録", "分野", "確実度", "責任"),
)
"""Words that やさしい日本語 uses with their reading only."""


def lines(blocks: tuple[Block, ...]) -> Iterator[str]:
    for block in blocks:
        for runs in block.items:
            yield "".join(str(run) for run in runs)


def terms_in(blocks: tuple[Block, ...]) -> set[tuple[str, str]]:
    return {
        (type(run.term).__name__, str(run.term))
        for block in blocks
        for runs in block.items
        for run in runs
        if isinstance(run, TermRun)
    }


def plain_texts() -> list[str]:
    parts = [line for part in GUIDE.parts for line in lines(part.plain)]
    wordings = [w for q in GUIDE.questions for w in (q.wording, q.topic, *q.answers.values())]
    return [*parts, *(text.plain for text in GUIDE.terms.values()), *(w.plain for w in wordings)]


@pytest.mark.parametrize("version", ["text", "plain"])
def test_every_term_of_the_guideline_occurs_in_the_texts_as_a_term(version: str) -> None:
    found = set().union(*(terms_in(getattr(part, version)) for part in GUIDE.parts))
    wanted = {
        (VOCABULARIES[name].__name__, str(term))
        for name in GUIDELINE_TERMS
        for term in VOCABULARIES[name]
    }

    assert wanted - found == set()


def test_every_part_names_its_chapter_and_has_both_versions() -> None:
    assert len(GUIDE.parts) == 9
    for part in GUIDE.parts:
        assert part.text and part.plain and "指針" in part.chapter


def test_labels_name_one_term_alone() -> None:
    labels = [term.label for vocabulary in VOCABULARIES.values() for term in vocabulary]

    assert len(labels) == len(set(labels))


def test_a_term_is_found_by_its_part_and_identifier() -> None:
    places = [
        (GUIDE.part_of(term), str(term))
        for vocabulary in VOCABULARIES.values()
        for term in vocabulary
    ]

    assert len(places) == len(set(places))


def test_plain_sentences_are_short() -> None:
    sentences = [s for text in plain_texts() for s in re.split("[。？]", text) if s.strip()]
    lengths = {sentence: len(re.sub(r"\s", "", sentence)) for sentence in sentences}

    assert sum(lengths.values()) / len(lengths) <= 25
    assert {s: n for s, n in lengths.items() if n > 45} == {}


def test_plain_texts_give_hard_words_with_their_reading_only() -> None:
    outside = [
        run
        for part in GUIDE.parts
        for block in part.plain
        for runs in block.items
        for run in runs
        if isinstance(run, str)
    ]
    others = [text.plain for text in GUIDE.terms.values()]
    bracketed = [
        re.sub(r"\w+（[ぁ-ん]+）", "", w.plain)
        for q in GUIDE.questions
        for w in (q.wording, q.topic, *q.answers.values())
    ]
    found = {w for text in (*outside, *others, *bracketed) for w in HARD_WORDS if w in text}

    assert found == set()


@pytest.mark.parametrize(
    "text", ["{form:gift}", "{shape:co_hosting}", "{公益}", "{form:co_hosting|形}と{actor:x}"]
)
def test_marks_that_name_nothing_are_refused(text: str) -> None:
    with pytest.raises(SourceDataError):
        runs_of(text)


def changed(tmp_path: Path, name: str, old: str, new: str) -> Path:
    content = (SHIPPED_DATA_DIR / name).read_text("utf-8")
    assert old in content
    path = tmp_path / name
    path.write_text(content.replace(old, new, 1), "utf-8")
    return path


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("    co_hosting: {yomi", "    co_hostess: {yomi"),
        ("vocabularies: [effect]", "vocabularies: []"),
        ("vocabularies: [effect]", "vocabularies: [effects]"),
        ("parts:", "pages:"),
        ("  - id: why", "  - {id: why"),
    ],
)
def test_a_guide_with_a_fault_is_refused_in_a_sentence(tmp_path: Path, old: str, new: str) -> None:
    with pytest.raises(SourceDataError, match="。"):
        read_guide(changed(tmp_path, "guide.yml", old, new))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (",subsidy,a,2", ",subsidy,c,2"),
        (",subsidy,a,2", ",gift,a,2"),
        (",subsidy,a,2", ",subsidy,a,9"),
        ("own unknown,nothing", "owned,nothing"),
        ("citizen_only,2,", "a,2,"),
    ],
)
def test_rules_the_guideline_does_not_know_are_refused(tmp_path: Path, old: str, new: str) -> None:
    with pytest.raises(SourceDataError, match="。"):
        read_rules(changed(tmp_path, "form_choice.csv", old, new), GUIDE.questions)


def contradiction(outcomes: tuple[FormOutcome, ...], answers: dict[str, str]) -> str:
    """What would contradict itself or the guideline in one result; empty if nothing does."""
    forms = [outcome.form for outcome in outcomes]
    bands = {band for outcome in outcomes for band in outcome.bands}
    knows_who_leads = {answers["starts"], answers["responsible"]} != {"unknown"}
    if not outcomes:
        return "nothing fits"
    if len(forms) != len(set(forms)):
        return "a form twice"
    if None in forms and (len(forms) > 1 or answers["asks"] != "nothing"):
        return "no collaboration, and yet a form or a wish"
    if any(o.form and not set(o.bands) <= set(KYODO_SCOPES) for o in outcomes):
        return "a form outside of collaboration"
    if any(o.form not in SCOPE_FORMS[band] for o in outcomes if o.form for band in o.bands):
        return "a form the guideline does not name for the band"
    if knows_who_leads and len(bands & {Scope.A, Scope.C}) == 2:
        return "citizens lead and the city leads"
    if knows_who_leads and bands == set(CONTEXT_SCOPES):
        return "citizens alone and the city alone"
    return ""


def combinations() -> Iterator[dict[str, str]]:
    for said in itertools.product(*QUESTIONS.values()):
        yield dict(zip(QUESTIONS, said, strict=True))


def test_every_combination_of_answers_has_an_outcome_without_contradiction() -> None:
    fired, reached, wrong = set(), set(), []
    for answers in combinations():
        outcomes = choose(RULES, answers)
        reached |= {outcome.form for outcome in outcomes}
        fired |= {reason.why for outcome in outcomes for reason in outcome.reasons}
        if said := contradiction(outcomes, answers):
            wrong.append((said, answers))

    assert wrong == []
    assert reached == {*KNOWN_FORMS, None}
    assert fired == {rule.why for rule in RULES}


def test_every_rule_fires_somewhere_and_has_an_id_of_its_own() -> None:
    silent = {rule.rule_id: rule for rule in RULES}
    assert len(silent) == len(RULES)
    for answers in combinations():
        silent = {id_: rule for id_, rule in silent.items() if not rule.fires(answers)}

    assert silent == {}


def test_the_order_of_the_questions_is_irrelevant() -> None:
    for answers in itertools.islice(combinations(), 0, None, 37):
        backwards = dict(reversed(answers.items()))
        assert choose(RULES, backwards) == choose(RULES, answers)


def test_a_question_without_an_answer_counts_as_not_known() -> None:
    for name in QUESTIONS:
        said = {other: ids[0] for other, ids in QUESTIONS.items() if other != name}
        assert choose(RULES, said) == choose(RULES, said | {name: "unknown"})


@pytest.mark.parametrize(
    ("answers", "form", "bands"),
    [
        ({"responsible": "citizens", "money": "city"}, Form.SUBSIDY, (Scope.A,)),
        ({"starts": "citizens", "asks": "name"}, Form.ENDORSEMENT, (Scope.A,)),
        ({"responsible": "city", "asks": "name"}, Form.ENDORSEMENT, (Scope.C,)),
        ({"responsible": "city", "asks": "entrust"}, Form.COMMISSION, (Scope.C,)),
        ({"responsible": "both", "asks": "work"}, Form.CO_HOSTING, (Scope.B,)),
        ({"responsible": "citizens", "parties": "yes"}, Form.COMMITTEE, (Scope.B,)),
        ({"responsible": "city", "place": "yes"}, Form.AGREEMENT, (Scope.C,)),
        ({"starts": "citizens", "asks": "nothing", "money": "own"}, None, (Scope.CITIZEN_ONLY,)),
        ({"responsible": "city", "asks": "nothing"}, None, (Scope.CITY_ONLY,)),
        ({}, Form.AGREEMENT, (Scope.B,)),
    ],
)
def test_the_first_form_is_the_one_the_guideline_describes(
    answers: dict[str, str], form: Form | None, bands: tuple[Scope, ...]
) -> None:
    first = choose(RULES, answers)[0]

    assert (first.form, first.bands) == (form, bands)


def test_reasons_name_the_answers_they_rest_on() -> None:
    subsidy = choose(RULES, {"starts": "citizens", "money": "city"})[0]

    assert subsidy.reasons[0].answers == {"starts": "citizens", "money": "city"}


def test_the_address_knows_every_question() -> None:
    with (SHIPPED_DATA_DIR / "form_choice.csv").open(encoding="utf-8") as file:
        columns = csv.DictReader(file).fieldnames or []

    assert set(QUESTIONS) < set(view_state.GUIDE_OPTIONS)
    assert {*QUESTIONS} - {*columns} == {"responsible"}
    assert len(set(view_state.OPTION_NAMES)) == len(view_state.OPTION_NAMES)


def carries(found: Activity, term: Term) -> bool:
    is_kyodo = bool(set(found.scopes()) & set(KYODO_SCOPES))
    if isinstance(term, Scope):
        return term in found.scopes()
    if isinstance(term, Form):
        forms = found.forms_stated + found.forms_implied
        return is_kyodo and (term in forms or (term is Form.UNKNOWN and not forms))
    if isinstance(term, ActorType):
        return is_kyodo and term in found.actors
    if isinstance(term, Status):
        return is_kyodo and found.status is term
    return is_kyodo and found.field is term


@pytest.mark.parametrize("name", ["form", "actor", "scope", "field", "status"])
def test_counts_are_those_of_a_plain_recount(edition: Edition, record: Record, name: str) -> None:
    for term in VOCABULARIES[name]:
        filters = view_of(term)
        assert filters is not None
        recounted = sum(carries(found, term) for found in record.activities)
        assert activities_in(edition, filters) == recounted, term


def test_a_band_says_what_is_possible_and_what_is_sure(edition: Edition, record: Record) -> None:
    for band in SCOPE_FORMS:
        share = band_share(edition, band)
        possible = [found for found in record.activities if band in found.scopes()]
        assert share.possible == len(possible)
        assert share.only == sum(found.scopes() == (band,) for found in possible)
        assert share.recorded == sum(found.scope is band for found in possible)


def test_terms_that_activities_do_not_carry_have_no_view() -> None:
    for name in ("effect", "principle", "effort", "grade"):
        assert [view_of(term) for term in VOCABULARIES[name]] == [None] * len(VOCABULARIES[name])


COMMISSIONED = Filters(forms=(Form.COMMISSION,))


def commissioned(number: int, district: str, **more: object) -> Activity:
    forms = {"forms_stated": (Form.COMMISSION,), "forms_implied": ()} | more
    return activity(number, district_ids=(district,), **forms)


def implied(number: int, district: str) -> Activity:
    return commissioned(number, district, forms_stated=(), forms_implied=(Form.COMMISSION,))


def test_examples_are_the_nearest_then_the_stated(make_edition) -> None:  # type: ignore[no-untyped-def]
    # C03 花北 and C01 花巻中央 lie next to each other, C27 is at the other end of the city.
    made = make_edition(
        commissioned(1, "C27"), implied(2, "C01"), commissioned(3, "C01"), implied(4, "C03")
    )
    found = examples(made, COMMISSIONED, "C03")

    assert [a.activity_id for a in found] == ["T0004", "T0003", "T0002"]
    assert found[0].forms_implied == (Form.COMMISSION,)


def test_examples_without_a_district_are_the_stated_first(make_edition) -> None:  # type: ignore[no-untyped-def]
    made = make_edition(implied(1, "C01"), commissioned(2, "C27"))

    assert [a.activity_id for a in examples(made, COMMISSIONED)] == ["T0002", "T0001"]


def test_planned_examples_come_last(make_edition) -> None:  # type: ignore[no-untyped-def]
    made = make_edition(commissioned(1, "C03", status=Status.PLANNED), commissioned(2, "C27"))

    assert [a.activity_id for a in examples(made, COMMISSIONED, "C03")] == ["T0002", "T0001"]


def test_examples_of_citizens_alone_are_not_those_of_an_implied_form(make_edition) -> None:  # type: ignore[no-untyped-def]
    citizens = (ActorType.LOCAL_GROUP,)
    made = make_edition(
        activity(1, actors=citizens, forms_stated=(), forms_implied=(Form.SUBSIDY,)),
        activity(2, actors=citizens, forms_stated=(), forms_implied=()),
    )
    found = examples(made, Filters(scopes=(Scope.CITIZEN_ONLY,)))

    assert [a.activity_id for a in found] == ["T0002"]
