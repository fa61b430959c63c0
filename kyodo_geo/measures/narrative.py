"""What stands out in a district, in a few Japanese sentences that the record carries.

Pure grammar: figures in, sentences out. Where records are few there are no ranks, no shares
and no comparisons, only what is there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from kyodo_geo.measures.figures import FEW_RECORDS
from kyodo_geo.measures.forms import FormProfile
from kyodo_geo.measures.mixes import Mix, quotient
from kyodo_geo.measures.years import YearCount, Years
from kyodo_geo.text import fiscal_year_label
from kyodo_geo.vocabulary import CITIZEN_SIDE, KNOWN_FORMS, Field, Form, Term

MOST_TIES = 3
"""More years or terms than these are not named one by one."""

SPECIAL_FROM, SPECIAL_LEAST = 1.5, 3
"""A field stands out from this 特化係数 and so many activities on."""

CLEAR_DIFFERENCE = 0.1
"""Shares that differ by less are not called higher or lower."""


@dataclass(frozen=True)
class Facts:
    """What the sentences are made from; `subject` is 協働 or 活動 (a view with context)."""

    name: str
    subject: str
    activities: int
    rank: tuple[int, int] | None
    is_tied: bool
    years: Years
    forms: FormProfile
    mix: Mix
    city: Mix
    participants_known: int
    participants: int | None


@dataclass(frozen=True)
class Sentence:
    """A sentence, and how the filters of the district narrow to the rows behind it."""

    text: str
    change: Mapping[str, Any] = field(default_factory=dict)


def narrative(facts: Facts) -> tuple[Sentence, ...]:
    """The sentences, in a fixed order; where there is no record only one that says so."""
    if not facts.activities:
        text = f"{facts.name}の{facts.subject}の記録はありません。"
        return (Sentence(f"{text}活動がないという意味ではありません。"),)
    return (
        _records(facts),
        _years(facts),
        _forms(facts),
        _actors(facts),
        *_special_field(facts),
        _absent_forms(facts),
        _participants(facts),
    )


def _records(facts: Facts) -> Sentence:
    text = f"{facts.name}の{facts.subject}の記録は{facts.activities:,}件"
    if facts.activities < FEW_RECORDS or facts.rank is None:
        return Sentence(f"{text}です。件数が少ないため、傾向を読み取ることはできません。")
    rank, districts = facts.rank
    tied = "（同順位あり）" if facts.is_tied else ""
    return Sentence(f"{text}で、{districts}地区中{rank}位{tied}です。")


def _years(facts: Facts) -> Sentence:
    known = [year for year in facts.years if year.fiscal_year is not None]
    recorded = [year for year in known if year.activities]
    if not recorded:
        return Sentence("年度のわかる記録はありません。")
    if len(recorded) == 1:
        label = fiscal_year_label(recorded[0].fiscal_year)
        return Sentence(f"年度のわかる記録は{label}だけです。", _only(recorded[0]))
    most = max(year.activities for year in recorded)
    peaks = [year for year in recorded if year.activities == most]
    missing = len(known) - len(recorded)
    span = f"{known[0].fiscal_year}〜{known[-1].fiscal_year}年度"
    gap = f"{span}の{len(known)}年度のうち、記録のない年度が{missing}あります。" if missing else ""
    if len(peaks) == 1:
        label = fiscal_year_label(peaks[0].fiscal_year)
        return Sentence(f"最も多いのは{label}の{most:,}件です。{gap}", _only(peaks[0]))
    if len(peaks) <= MOST_TIES:
        labels = _joined(fiscal_year_label(year.fiscal_year) for year in peaks)
        return Sentence(f"最も多いのは{labels}で、それぞれ{most:,}件です。{gap}")
    return Sentence(f"最も多い年度でも{most:,}件で、{len(peaks)}年度が並んでいます。{gap}")


def _forms(facts: Facts) -> Sentence:
    profile = facts.forms
    if not profile.known:
        return Sentence("形態のわかる活動はありません。", {"forms": (Form.UNKNOWN,)})
    whole = f"形態のわかる延べ{profile.known:,}件"
    if profile.is_thin:
        used = [form for form in KNOWN_FORMS if profile.counts[form].activities]
        parts = "、".join(f"{form.label}{profile.counts[form].activities}件" for form in used)
        return Sentence(f"{whole}の内訳は{parts}です。", {"forms": tuple(used)})
    leading = profile.dominant
    count = profile.counts[leading[0]]
    names = _joined(form.label for form in leading)
    if len(leading) > 1:
        text = f"形態では{names}が最も多く、{whole}のうちそれぞれ{count.activities:,}件です。"
    else:
        implied = f"（うち推定{count.implied:,}件）" if count.implied else ""
        text = f"形態では{names}が最も多く、{whole}のうち{count.activities:,}件です{implied}。"
    return Sentence(text, {"forms": leading})


def _actors(facts: Facts) -> Sentence:
    counts = {actor: facts.mix.count(actor) for actor in CITIZEN_SIDE}
    most = max(counts.values())
    present = [actor for actor in CITIZEN_SIDE if counts[actor]]
    if not present:
        return Sentence("市民の側の主体の記録はありません。")
    if facts.activities < FEW_RECORDS:
        names = _joined(actor.label for actor in present)
        return Sentence(f"参加した市民の側の主体は{names}です。", {"actors": tuple(present)})
    leading = tuple(actor for actor in present if counts[actor] == most)
    each = "それぞれ" if len(leading) > 1 else ""
    names = _joined(actor.label for actor in leading)
    all_of = "すべて" if most == facts.activities else f"のうち{each}{most:,}件"
    text = f"市民の側では{names}が最も多く、{facts.activities:,}件{all_of}に参加しています。"
    return Sentence(text + _compared(facts, leading), {"actors": leading})


def _compared(facts: Facts, leading: Sequence[Term]) -> str:
    """How the share of one leading actor differs from the city's; empty where it doesn't."""
    here, city = facts.mix.share(leading[0]), facts.city.share(leading[0])
    if len(leading) > 1 or here is None or city is None:
        return ""
    if abs(here - city) < CLEAR_DIFFERENCE:
        return ""
    word = "高い" if here > city else "低い"
    return f"割合（{here * 100:.1f}％）は市全体（{city * 100:.1f}％）より{word}値です。"


def _special_field(facts: Facts) -> Iterator[Sentence]:
    if facts.activities < FEW_RECORDS:
        return
    quotients = {
        term: value
        for term in Field
        if term is not Field.OTHER
        and facts.mix.count(term) >= SPECIAL_LEAST
        and (value := quotient(facts.mix, facts.city, term)) is not None
        and value >= SPECIAL_FROM
    }
    if not quotients:
        return
    term = max(quotients, key=lambda term: quotients[term])
    here, city = facts.mix.share(term), facts.city.share(term)
    if here is None or city is None:
        return
    yield Sentence(
        f"分野では「{term.label}」が{facts.mix.count(term):,}件（{here * 100:.1f}％）で、"
        f"市全体での割合（{city * 100:.1f}％）の{quotients[term]:.1f}倍です。",
        {"fields": (term,)},
    )


def _absent_forms(facts: Facts) -> Sentence:
    absent = facts.mix.absent_forms()
    if not absent:
        return Sentence("指針の6つの形態は、すべて記録にあります。")
    if len(absent) == len(KNOWN_FORMS):
        return Sentence("指針の6つの形態は、どれも記録にありません。")
    names = "".join(f"「{form.label}」" for form in absent)
    present = tuple(form for form in KNOWN_FORMS if form not in absent)
    return Sentence(f"指針の6つの形態のうち、{names}は記録にありません。", {"forms": present})


def _participants(facts: Facts) -> Sentence:
    if not facts.participants_known or facts.participants is None:
        return Sentence("参加者数の記載がある活動はありません。")
    total = f"{facts.participants:,}人です（概数のものがあります）。"
    if facts.participants_known == 1:
        return Sentence(f"参加者数の記載がある活動は1件で、{total}")
    return Sentence(f"参加者数の記載がある活動は{facts.participants_known:,}件で、合計{total}")


def _only(year: YearCount) -> Mapping[str, Any]:
    return {"year_from": year.fiscal_year, "year_to": year.fiscal_year}


def _joined(names: Iterable[str]) -> str:
    return "と".join(names)
