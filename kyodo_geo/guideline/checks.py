"""点検: checks of the record against the guideline. Hints, which refuse nothing (decision 31)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from kyodo_geo.editions import Edition, cached_per_edition
from kyodo_geo.filters.conditions import view_rows
from kyodo_geo.japanese import fiscal_year_of
from kyodo_geo.measures.activities.listing import place_labels
from kyodo_geo.measures.activities.reviews import NamedActivity
from kyodo_geo.model import Filters
from kyodo_geo.vocabulary import CITIZEN_SIDE, KYODO_SCOPES, SCOPE_FORMS, ActorType, Scope, mask_of

GROUPS = tuple(actor for actor in CITIZEN_SIDE if actor is not ActorType.INDIVIDUAL)


@dataclass(frozen=True)
class Check:
    """Check with its texts; `check_id` never changes and is never used again.

    `applies_to` names the activities it applies to, `why` gives the guideline's reason, `advice`
    what can be done, `hint` stands beside one activity.
    """

    check_id: str
    title: str
    applies_to: str
    chapter: str
    why: str
    advice: str
    hint: str

    @property
    def bit(self) -> int:
        """Bit of the check in `applies` and `found` of `checked` in editions/listing_macros.sql."""
        return 1 << CHECKS.index(self)


CHECKS: tuple[Check, ...] = (
    Check(
        "G01",
        "形態と範囲の組み合わせが、指針に挙げられていない",
        "形態のわかる活動",
        "指針 第2章 4",
        "指針は、A・B・Cの範囲ごとに、考えられる形態を挙げています。挙げられていない組み合わせが"
        "誤りとは限りませんが、どちらかの読み違いかもしれません。",
        "資料にもどって、範囲と形態を確かめます。実際にその組み合わせなら、そのままで構いません。",
        "この範囲に、指針はこの形態を挙げていません。資料を確かめる手がかりです。",
    ),
    Check(
        "G02",
        "形態はわかるが、主体に市がない",
        "形態のわかる活動",
        "指針 第2章 1・5",
        "六つの形態は、どれも市がかかわる形です。形態があれば市の参加とみなして数えていますが、"
        "市の何が、どうかかわったかは記録から読めません。",
        "市がかかわったことを資料で確かめ、主体に「市」を、団体に担当課などを加えます。",
        "形態からは市の参加が読み取れますが、主体に市が記録されていません。",
    ),
    Check(
        "G03",
        "形態はわかるが、主体に市民の側がない",
        "形態のわかる活動",
        "指針 第2章 1・3",
        "協働は、市民と市が力を合わせることです。市民の側の主体がないと、協働の件数に入りません。",
        "だれと行ったかを資料で確かめ、主体に加えます。市だけの事業なら、形態を空にします。",
        "形態は記録されていますが、市民の側の主体が記録されていません。",
    ),
    Check(
        "G04",
        "団体の名前がない",
        "市民の側の団体・事業者・学校が加わった活動",
        "指針 第3章 1",
        "互いの活動の情報を公開し、共有することが、協働の考え方の一つです。名前があると、"
        "次に声をかける相手がわかります。",
        "資料にある団体の名前を加えます。個人の名前は書きません。",
        "加わった団体の名前が記録されていません。",
    ),
    Check(
        "G05",
        "終わったが、ふりかえりがまだない",
        "実施され、終わった活動",
        "指針 第3章 1",
        "協働は、やって終わりではありません。課題を整理し、改善点を話し合うと、次につながります。",
        "いっしょに取り組んだ人たちと話し合い、ふりかえりを記録します。",
        "ふりかえりは、まだ記録されていません。",
    ),
    Check(
        "G06",
        "ふりかえりに、効果が一つも書かれていない",
        "ふりかえりのある活動",
        "指針 第1章 2",
        "指針は、公共サービスの向上、地域の一体感・地域の力、市民活動団体等の活性化の三つを"
        "期待しています。",
        "期待した効果と見られた効果を、ふりかえりに加えます。見られなかったことも記録です。",
        "ふりかえりに、期待した効果も見られた効果も書かれていません。",
    ),
    Check(
        "G07",
        "形態がわからない",
        "協働である活動",
        "指針 第2章 5",
        "目的や内容に合う形態を選ぶことが大切です。形態がわかると、ほかの取り組みの参考になります。",
        "共催か、補助か、委託かなどを資料や担当課に確かめます。わからなければ、そのままにします。",
        "どの形態の協働かは、資料からわかっていません。",
    ),
    Check(
        "G08",
        "出典がない",
        "すべての活動",
        "指針 第3章 1",
        "情報を公開し、共有するには、もとの資料をたどれることが必要です。",
        "広報紙、会報、ウェブサイトなど、確かめられる資料を加えます。",
        "もとになった資料が記録されていません。",
    ),
)
CHECK_BY_ID: Mapping[str, Check] = {check.check_id: check for check in CHECKS}


@dataclass(frozen=True)
class CheckResult:
    """Activities of a view with a finding of one check, and those the check applies to."""

    check: Check
    found: int
    applies: int

    @property
    def share(self) -> float | None:
        """Share of findings in the activities it applies to, in percent; None without any."""
        return self.found / self.applies * 100 if self.applies else None


@dataclass(frozen=True)
class CheckedActivity(NamedActivity):
    """Activity with the finding of a check."""

    source: str


def with_all_bands(filters: Filters) -> Filters:
    """Widen a view to activities that are not 協働, unless bands are chosen."""
    # Decision 31: with one side missing on record an activity passes for no 協働.
    return filters if filters.scopes else filters.but(with_context=True)


@cached_per_edition
def check_results(edition: Edition, filters: Filters, today: date) -> tuple[CheckResult, ...]:
    """Count the findings of all checks in a view, in the order of their ids."""
    rows = view_rows(edition, filters, "check_counts", asked=check_parameters(today))
    return tuple(
        CheckResult(
            check,
            found=sum(row.activities for row in rows if row.found & check.bit),
            applies=sum(row.activities for row in rows if row.applies & check.bit),
        )
        for check in CHECKS
    )


@cached_per_edition
def checked_activities(
    edition: Edition, filters: Filters, check: Check, today: date, *, limit: int, offset: int = 0
) -> tuple[CheckedActivity, ...]:
    """Return the activities of a view with a finding of a check, newest first, a page of them."""
    asked = {"asked": check_parameters(today), "check": check.bit}
    rows = view_rows(edition, filters, "check_page", **asked, limit=limit, offset=offset)
    return tuple(
        CheckedActivity(
            row.id, row.title, row.fiscal_year, place_labels(edition, row.district_mask), row.source
        )
        for row in rows
    )


@cached_per_edition
def checks_of(edition: Edition, activity_id: str, today: date) -> tuple[Check, ...]:
    """Return the checks with a finding in one activity; empty for an unknown id."""
    everything = Filters(scopes=tuple(Scope))
    asked = {"asked": check_parameters(today), "activity_id": activity_id}
    rows = view_rows(edition, everything, "check_one", **asked)
    return tuple(check for check in CHECKS if any(row.found & check.bit for row in rows))


def check_parameters(today: date) -> dict[str, Any]:
    """Return the parameter `$asked` of queries over `checked` (editions/listing_macros.sql)."""
    return {
        "citizens": mask_of(CITIZEN_SIDE),
        "groups": mask_of(GROUPS),
        "city": ActorType.CITY.bit,
        "kyodo_scopes": mask_of(KYODO_SCOPES),
        **{f"forms_{band}": mask_of(forms) for band, forms in SCOPE_FORMS.items()},
        "today": today,
        "this_year": fiscal_year_of(today),
    }
