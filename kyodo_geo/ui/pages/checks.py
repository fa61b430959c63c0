"""Parts of 記録の点検: every check over a view, the activities of one of them."""

from __future__ import annotations

from kyodo_geo import japanese
from kyodo_geo.editions import Edition
from kyodo_geo.guideline.checks import (
    CHECK_BY_ID,
    Check,
    CheckResult,
    check_results,
    checked_activities,
)
from kyodo_geo.model import Filters
from kyodo_geo.ui.components import activity_detail, export_buttons, option_bar, prose
from kyodo_geo.ui.components.data_table import row_table, texts
from kyodo_geo.ui.components.image_buttons import image_buttons
from kyodo_geo.ui.components.parts import Column, Part
from kyodo_geo.ui.state.page_options import CHECK

INTRODUCTION = (
    "指針に照らして、記録をよくする手がかりを並べています。記録についての気づきで、"
    "活動のよしあしではありません。資料に書かれていないことは、空欄のままで構いません。"
)
ALL_BANDS = (
    "一方の主体の記入もれがあると協働に数えられないため、範囲を絞り込んでいなければ、"
    "協働ではない活動（市民の範囲・市の範囲）も点検します。"
)
RESULT_COLUMNS = [
    *texts("点検", "番号", "対象"),
    Column("対象の件数"),
    Column("気づいた件数", has_bar=True),
    Column("割合（％）", digits=1),
]
ACTIVITY_COLUMNS = [
    *texts("名称", "年度", "地区"),
    Column("出典", "link"),
]


def overview(edition: Edition, filters: Filters) -> tuple[Part, ...]:
    """What checks are and find; a check's title opens its activities."""
    results = check_results(edition, filters, japanese.today())
    rows = [(result.check.check_id, _cells(result)) for result in results]
    table = row_table(
        "点検の結果。点検の名前を押すと、活動の一覧が出ます。",
        RESULT_COLUMNS,
        rows,
        # Another check starts at its first page, with no activity open.
        changes={row_id: {"check": [row_id], "page": [], "activity": []} for row_id, _ in rows},
        selected=option_bar.chosen(CHECK),
        style="kg-page",
    )
    return (
        prose.paragraph(INTRODUCTION),
        table,
        *image_buttons("checks"),
        export_buttons.download("点検の結果をCSVにする", export_buttons.CHECK_LIST, CHECK),
    )


def chosen(edition: Edition, filters: Filters) -> tuple[Part, ...]:
    """The chosen check: why it matters, what one can do, its activities. Empty without one."""
    check = CHECK_BY_ID.get(option_bar.chosen(CHECK))
    if check is None:
        return ()
    results = check_results(edition, filters, japanese.today())
    result = next(one for one in results if one.check is check)
    return (
        prose.section(f"{check.check_id} {check.title}"),
        prose.card(check.title, _explanation(check)),
        *_activities(edition, filters, result),
    )


def notes() -> Part:
    """What is checked, and how shares are made."""
    return prose.notes(
        (
            ("対象", ALL_BANDS),
            ("割合", "点検ごとの対象の件数に占める割合です。対象がなければ「—」です。"),
            (
                "形態",
                "「形態の確実度」を「明記のみ」にすると、推定した形態を不明として点検します。",
            ),
            ("番号", "点検の番号は変わりません。"),
        )
    )


def _cells(result: CheckResult) -> tuple[str | float | None, ...]:
    check = result.check
    return (
        check.title,
        check.check_id,
        check.applies_to,
        result.applies,
        result.found,
        result.share,
    )


def _explanation(check: Check) -> Part:
    pairs = (
        ("指針から", f"{check.why}（{check.chapter}）"),
        ("できること", check.advice),
        ("対象", check.applies_to),
    )
    return prose.details(pairs)


def _activities(edition: Edition, filters: Filters, result: CheckResult) -> tuple[Part, ...]:
    if not result.found:
        nothing = "対象になる活動がありません。" if not result.applies else "ありません。"
        return (prose.paragraph(f"この点検で気づいた活動は、{nothing}"),)
    rows_per_page = activity_detail.ROWS_PER_PAGE
    start = activity_detail.chosen_page(result.found) * rows_per_page
    found = checked_activities(
        edition, filters, result.check, japanese.today(), limit=rows_per_page, offset=start
    )
    rows = [
        (
            one.activity_id,
            (
                one.title,
                "不明" if one.fiscal_year is None else str(one.fiscal_year),
                "・".join(one.place_labels),
                one.source,
            ),
        )
        for one in found
    ]
    detail = activity_detail.activity_detail(edition)
    table = row_table(
        f"活動 {result.found:,}件のうち {start + 1:,}〜{start + len(found):,}件目（新しい順）。"
        "名称を押すと詳しく見られます。",
        ACTIVITY_COLUMNS,
        rows,
        picks="activity",
        style="kg-page",
    )
    pages = option_bar.row(option_bar.page_item(activity_detail.pages_of(result.found)))
    return pages, *((detail,) if detail else ()), table
