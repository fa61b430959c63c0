"""What stands out in a district, in a few Japanese sentences that the record carries.

Pure grammar: figures in, sentences out. Where records are few there are no ranks, no shares
and no comparisons, only what is there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from kyodo_geo.japanese import fiscal_year_label
from kyodo_geo.measures.places.composition import Mix, quotient
from kyodo_geo.measures.places.forms import FormCount, FormProfile
from kyodo_geo.measures.places.indicators import FEW_RECORDS
from kyodo_geo.measures.places.time_series import YearCount, Years
from kyodo_geo.vocabulary import CITIZEN_SIDE, KNOWN_FORMS, Field, Form, Term

MOST_TIES = 3
"""More years than these are not named one by one."""

SPECIAL_FROM, SPECIAL_LEAST = 1.5, 3
"""A field stands out from this 特化係数 and so many activities on."""

CLEAR_DIFFERENCE = 0.1
"""Shares that differ by less are not called higher or lower."""

EXACT_DIGITS = 9
"""Ratios are rounded to so many before they are held to a limit: 0.3 / 0.2 is not quite 1.5."""


@dataclass(frozen=True)
class Facts:
    """What the sentences are made from; `subject` is 協働 or 活動 (a view with context).

    `is_narrowed` says that the record is looked at in part: then the sentences say so too.
    """

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
    is_narrowed: bool = False


@dataclass(frozen=True)
class Sentence:
    """A sentence, and how the filters of the district narrow to the rows behind it."""

    text: str
    change: Mapping[str, Any] = field(default_factory=dict)


def narrative(facts: Facts) -> tuple[Sentence, ...]:
    """The sentences, in a fixed order; where there is no record only one that says so."""
    if not facts.activities:
        text = f"{_subject(facts)}はありません。活動がないという意味ではありません。"
        return (Sentence(text),)
    return (
        _records(facts),
        _years(facts),
        _forms(facts),
        _actors(facts),
        *_special_field(facts),
        *_absent_forms(facts),
        _participants(facts),
    )


def _subject(facts: Facts) -> str:
    whole = f"{facts.name}の{facts.subject}の"
    return f"{whole}うち、条件に合う記録" if facts.is_narrowed else f"{whole}記録"


def _is_few(facts: Facts) -> bool:
    return facts.activities < FEW_RECORDS


def _records(facts: Facts) -> Sentence:
    text = f"{_subject(facts)}は{facts.activities:,}件"
    if _is_few(facts):
        return Sentence(f"{text}です。件数が少ないため、傾向を読み取ることはできません。")
    if facts.rank is None:
        return Sentence(f"{text}です。")
    rank, districts = facts.rank
    tied = "（同順位あり）" if facts.is_tied else ""
    return Sentence(f"{text}で、{districts}地区中{rank}位{tied}です。")


def _years(facts: Facts) -> Sentence:
    known = [year for year in facts.years if year.fiscal_year is not None]
    recorded = [year for year in known if year.activities]
    if not recorded:
        return Sentence("年度のわかる記録はありません。")
    unknown = sum(year.activities for year in facts.years if year.fiscal_year is None)
    rest = f"ほかに、年度のわからない記録が{unknown:,}件あります。" if unknown else ""
    if len(recorded) == 1:
        counted = f"{_label(recorded[0])}の{recorded[0].activities:,}件"
        return Sentence(f"年度のわかる記録は{counted}だけです。{rest}", _span(recorded))
    if _is_few(facts):
        listed = "、".join(f"{_label(year)}が{year.activities:,}件" for year in recorded)
        return Sentence(f"年度のわかる記録は、{listed}です。{rest}", _span(recorded))
    most = max(year.activities for year in recorded)
    peaks = [year for year in recorded if year.activities == most]
    text = _peaks(peaks, most, is_all=peaks == recorded)
    change = _span(peaks) if len(peaks) == 1 else {}
    return Sentence(f"{text}{_missing(known, recorded)}{rest}", change)


def _peaks(peaks: Sequence[YearCount], most: int, *, is_all: bool) -> str:
    if len(peaks) == 1:
        return f"記録が最も多いのは{_label(peaks[0])}の{most:,}件です。"
    if len(peaks) <= MOST_TIES:
        what = "年度のわかる記録がある" if is_all else "記録が最も多い"
        return f"{what}のは{_join_names(map(_label, peaks))}で、それぞれ{most:,}件です。"
    what = "年度のわかる記録は" if is_all else "記録が最も多い年度は"
    return f"{what}{len(peaks)}か年{'にあり' if is_all else 'あり'}、それぞれ{most:,}件です。"


def _missing(known: Sequence[YearCount], recorded: Sequence[YearCount]) -> str:
    missing = len(known) - len(recorded)
    span = f"{known[0].fiscal_year}〜{known[-1].fiscal_year}年度の{len(known)}か年"
    return f"{span}のうち、{missing}か年は記録がありません。" if missing else ""


def _forms(facts: Facts) -> Sentence:
    profile = facts.forms
    used = tuple(form for form in KNOWN_FORMS if profile.counts[form].activities)
    if not used:
        return Sentence("形態のわかる活動はありません。", {"forms": (Form.UNKNOWN,)})
    leading = profile.dominant
    count = profile.counts[leading[0]]
    if len(used) == 1:
        all_of = "すべて" if count.activities > 1 else ""
        text = f"形態のわかる活動は{count.activities:,}件で、{all_of}「{used[0].label}」"
        return Sentence(f"{text}{_implied(count)}です。", {"forms": used})
    whole = f"形態のわかる延べ{profile.known:,}件"
    if profile.is_thin or _is_few(facts) or leading == used:
        parts = "、".join(f"「{form.label}」{_counted(profile.counts[form])}" for form in used)
        return Sentence(f"{whole}の内訳は、{parts}です。", {"forms": used})
    names = _join_names(f"「{form.label}」" for form in leading)
    if len(leading) > 1:
        has_implied = any(profile.counts[form].implied for form in leading)
        each = f"それぞれ{count.activities:,}件{'（推定を含む）' if has_implied else ''}"
    else:
        each = _counted(count)
    return Sentence(f"形態では{names}が最も多く、{whole}のうち{each}です。", {"forms": leading})


def _counted(count: FormCount) -> str:
    return f"{count.activities:,}件{_implied(count)}"


def _implied(count: FormCount) -> str:
    """How many of one form are inferred, in brackets; empty where all are stated."""
    if not count.implied:
        return ""
    if count.stated:
        return f"（うち推定{count.implied:,}件）"
    return "（すべて推定）" if count.implied > 1 else "（推定）"


def _actors(facts: Facts) -> Sentence:
    counts = {actor: facts.mix.count(actor) for actor in CITIZEN_SIDE}
    most = max(counts.values())
    present = tuple(actor for actor in CITIZEN_SIDE if counts[actor])
    if not present:
        return Sentence("市民の側の主体が参加した記録はありません。")
    if _is_few(facts):
        names = _join_names(actor.label for actor in present)
        return Sentence(f"市民の側で参加した主体は{names}です。", {"actors": present})
    leading = tuple(actor for actor in present if counts[actor] == most)
    names = _join_names(actor.label for actor in leading)
    if len(present) == 1:
        who = f"{names}だけが"
    else:
        who = f"{names}が" if leading == present else f"{names}が最も多く"
    tied = len(leading) > 1
    if most == facts.activities:
        of = f"{'いずれも' if tied else ''}{most:,}件すべて"
    else:
        of = f"{facts.activities:,}件のうち{'それぞれ' if tied else ''}{most:,}件"
    text = f"市民の側では{who}、{of}に参加しています。"
    return Sentence(text + _compared(facts, leading), {"actors": leading})


def _compared(facts: Facts, leading: Sequence[Term]) -> str:
    """How the share of one leading actor differs from the city's; empty where it doesn't."""
    here, city = facts.mix.share(leading[0]), facts.city.share(leading[0])
    if len(leading) > 1 or here is None or city is None:
        return ""
    if round(abs(here - city), EXACT_DIGITS) < CLEAR_DIFFERENCE:
        return ""
    word = "上回って" if here > city else "下回って"
    return f"この割合（{here * 100:.1f}％）は市全体（{city * 100:.1f}％）を{word}います。"


def _special_field(facts: Facts) -> Iterator[Sentence]:
    if _is_few(facts):
        return
    quotients = {
        term: value
        for term in Field
        if term is not Field.OTHER
        and facts.mix.count(term) >= SPECIAL_LEAST
        and (value := quotient(facts.mix, facts.city, term)) is not None
        and round(value, EXACT_DIGITS) >= SPECIAL_FROM
    }
    if not quotients:
        return
    term = max(quotients, key=lambda term: quotients[term])
    here, city = facts.mix.share(term), facts.city.share(term)
    if here is None or city is None:
        return
    yield Sentence(
        f"分野では「{term.label}」が{facts.mix.count(term):,}件（{here * 100:.1f}％）で、"
        f"市全体での割合（{city * 100:.1f}％）の約{quotients[term]:.1f}倍です。",
        {"fields": (term,)},
    )


def _absent_forms(facts: Facts) -> Iterator[Sentence]:
    """Nothing where no form is known at all: the sentence on forms says that."""
    record = "条件に合う記録" if facts.is_narrowed else "記録"
    absent = facts.mix.absent_forms()
    if not absent:
        yield Sentence(f"指針の6つの形態は、すべて{record}にあります。")
    elif len(absent) < len(KNOWN_FORMS):
        names = "".join(f"「{form.label}」" for form in absent)
        present = tuple(form for form in KNOWN_FORMS if form not in absent)
        text = f"指針の6つの形態のうち、{names}は{record}にありません。"
        yield Sentence(text, {"forms": present})


def _participants(facts: Facts) -> Sentence:
    if not facts.participants_known or facts.participants is None:
        return Sentence("参加者数の記載がある活動はありません。")
    total = f"{facts.participants:,}人です（概数の場合があります）。"
    if facts.participants_known == 1:
        return Sentence(f"参加者数の記載がある活動は1件で、{total}")
    return Sentence(f"参加者数の記載がある活動は{facts.participants_known:,}件で、合計は{total}")


def _label(year: YearCount) -> str:
    return fiscal_year_label(year.fiscal_year)


def _span(years: Sequence[YearCount]) -> Mapping[str, Any]:
    return {"year_from": years[0].fiscal_year, "year_to": years[-1].fiscal_year}


def _join_names(names: Iterable[str]) -> str:
    """Two names with と, more of them as a list."""
    names = tuple(names)
    return "、".join(names) if len(names) > 2 else "と".join(names)
