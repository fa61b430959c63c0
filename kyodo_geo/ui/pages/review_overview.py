"""Parts of ふりかえり: what reviews say of a view, and what is over and has none."""

from __future__ import annotations

from collections.abc import Sequence

from kyodo_geo.auth.roles import Person, Role
from kyodo_geo.editions import Edition
from kyodo_geo.export.schema.columns import NOT_APPLICABLE
from kyodo_geo.graphics.chart import Bar, Bars
from kyodo_geo.graphics.guideline_charts import (
    GRADES,
    MEAN_RULE,
    REVIEWS_SOURCE,
    mean_text,
    rating_bars,
    rating_numbers,
)
from kyodo_geo.japanese import today
from kyodo_geo.measures.activities.reviews import (
    ALIKE,
    LEAST_FOR_MEAN,
    Ended,
    Lesson,
    NamedActivity,
    PrincipleFigures,
    Reviewed,
    ended_without_review,
    lessons_of,
    open_steps_of,
    ratings_of,
    reviews_in,
)
from kyodo_geo.model import Filters
from kyodo_geo.ui.components import charts, option_bar, prose
from kyodo_geo.ui.components.data_table import row_table, texts
from kyodo_geo.ui.components.image_buttons import image_buttons
from kyodo_geo.ui.components.parts import Button, Content, List, Part
from kyodo_geo.ui.components.review_parts import when_and_where
from kyodo_geo.ui.state import view_state
from kyodo_geo.vocabulary import Principle

NONE_YET = "この条件の活動には、まだふりかえりがありません。"
ROWS_PER_PAGE = 20
MOST_LISTED = 20
"""Lessons and next steps on the page; the exported file has all."""

WHAT = (
    "ふりかえりは、終わった活動について、七つの考え方に沿って進められたか、期待した効果は見られたか、"
    "次に何をするかを、短く書き残すものです。"
)
WHY = (
    "協働は、やって終わりではありません。課題を整理し、改善点を話し合うことが、次の協働につながります"
    "（課題整理・改善）。書き残しておけば、担当が替わっても引き継げます。"
)
HOW_TO_WRITE = (
    "下の一覧から活動を選ぶと、書けます。いっしょに取り組んだ人と話し合いながら書いてください。"
)
HOW_TO_TELL = (
    "下の一覧から活動を選んで、気づいたことを知らせてください。"
    "ふりかえりは、話し合ったうえで職員が記録します。"
)
ENDED_RULE = (
    "実施とされた活動のうち、終わりの日（なければ始まりの日）が昨日までのもの、日付がなければ年度が"
    "終わったものです。日付も年度もわからない活動は、終わったかわからないので入りません。"
)
COUNTING_RULE = (
    "いまの絞り込みの活動についてのふりかえりを、1件の活動に1件（最も新しいもの）数えます。"
    "複数の地区の活動のふりかえりは、それぞれの地区で1件です。"
)
LESSON_RULE = (
    f"文字の{ALIKE:.0f}％以上が同じ教訓を一つにまとめ、多く出てくる順、新しい順に並べます。"
)


def overview(edition: Edition, filters: Filters, person: Person) -> tuple[Part, ...]:
    """What the reviews of a view say, or what a review is; what is over and has none."""
    reviewed = reviews_in(edition, filters)
    shown = _figures(reviewed) if reviewed else _welcome(person)
    return *shown, *_ended(edition, filters, person)


def principles(edition: Edition, filters: Filters) -> tuple[Part, ...]:
    """How the principles were rated alone, as it is embedded elsewhere."""
    reviewed = reviews_in(edition, filters)
    return _principles(reviewed) if reviewed else (prose.notice(NONE_YET),)


def notes(edition: Edition) -> Part:
    """How it was counted."""
    return prose.notes(
        (
            ("数え方", COUNTING_RULE),
            ("平均", MEAN_RULE),
            ("教訓のまとめ方", LESSON_RULE),
            ("終わった活動", ENDED_RULE),
            ("出典", f"{REVIEWS_SOURCE}（{edition.info.label}）"),
        )
    )


def _figures(reviewed: Sequence[Reviewed]) -> tuple[Part, ...]:
    lessons, steps = lessons_of(reviewed), open_steps_of(reviewed)
    return (
        *_principles(reviewed),
        prose.section("くり返し出てくる教訓、新しい教訓"),
        *_noted([_lesson(one) for one in lessons], "教訓の書かれたふりかえりは、まだありません。"),
        prose.section("まだ済んでいない次の一歩"),
        *_noted([_step(one) for one in steps], "済んでいない次の一歩は、ありません。"),
        prose.section("新しいふりかえり"),
        _newest(reviewed),
    )


def _principles(reviewed: Sequence[Reviewed]) -> tuple[Part, ...]:
    table = _ratings(ratings_of(reviewed), len(reviewed))
    return prose.section("七つの考え方"), table, *image_buttons("review")


def _ratings(figures: Sequence[PrincipleFigures], count: int) -> Part:
    bars, numbers = rating_bars(figures), rating_numbers(figures)
    heads = [
        *charts.text_heads("考え方", "段階の割合"),
        *charts.number_heads("平均", *GRADES, NOT_APPLICABLE),
    ]
    rows = [
        charts.row(
            one.principle,
            [_shares(bars, bar, one), mean_text(one), *(text for text, _ in cells)],
        )
        for one, bar, (_, cells) in zip(figures, bars.bars, numbers.rows, strict=True)
    ]
    few = f"平均は、評価が{LEAST_FOR_MEAN}件以上の考え方にだけ示します。"
    caption = f"{count:,}件のふりかえりの評価。{few}"
    return charts.chart_table(caption, heads, rows, style="kg-ratings")


def _shares(panel: Bars, bar: Bar, figures: PrincipleFigures) -> Part | str:
    """The bar of a principle, named with all grades; in words where nobody rated it."""
    counts = "、".join(f"{grade.label} {figures.counts[grade]:,}件" for grade in GRADES)
    return charts.shares(panel, bar, counts) if bar.pieces else bar.text


def _noted(items: Sequence[Content], nothing: str) -> tuple[Part, ...]:
    if not items:
        return (prose.paragraph(nothing),)
    listed = List(items[:MOST_LISTED], "kg-noted", True)
    rest = len(items) - MOST_LISTED
    if rest <= 0:
        return (listed,)
    return listed, prose.paragraph(
        f"ほかに{rest:,}件あります。ZIPの reviews.csv にすべてあります。"
    )


def _lesson(lesson: Lesson) -> Content:
    alike = f"似た教訓 {len(lesson.reviews):,}件。" if len(lesson.reviews) > 1 else ""
    lowest = "、".join(principle.label for principle in lesson.lowest)
    note = f"{alike}評価が最も低かった考え方: {lowest}" if lowest else alike
    notes = [prose.small(note)] if note else []
    return [prose.paragraph(lesson.text), *notes, List([_source(one) for one in lesson.reviews])]


def _step(one: Reviewed) -> Content:
    return [prose.paragraph(one.review.next_step), List([_source(one)])]


def _source(one: Reviewed) -> Content:
    """The activity that a sentence comes from."""
    open_it = Button(one.activity.title, {"activity": [one.activity.activity_id]}, "kg-link")
    return [open_it, prose.small(f"{_where(one.activity)}　{one.review.reviewed_on:%Y-%m-%d}")]


def _newest(reviewed: Sequence[Reviewed]) -> Part:
    rows = [
        (
            one.activity.activity_id,
            (
                one.activity.title,
                _where(one.activity),
                one.review.reviewed_on.isoformat(),
                one.review.reviewed_by,
            ),
        )
        for one in reviewed[:MOST_LISTED]
    ]
    return row_table(
        f"{len(reviewed):,}件のうち、新しいものから{len(rows):,}件。名称を押すと詳しく見られます。",
        texts("活動", "年度・地区", "ふりかえった日", "ふりかえった人"),
        rows,
        picks="activity",
        selected=view_state.text_option("activity"),
        style="kg-page",
    )


def _welcome(person: Person) -> tuple[Part, ...]:
    """What a review is, why it is worth the while, and how to begin."""
    how = HOW_TO_WRITE if person.role is Role.OFFICIAL else HOW_TO_TELL
    principles = [(principle.label, principle.definition) for principle in Principle]
    return (
        prose.notice(NONE_YET),
        prose.card(
            "ふりかえりとは",
            prose.first_heading("ふりかえりとは"),
            prose.paragraph(WHAT),
            prose.first_heading("なぜふりかえるか"),
            prose.paragraph(WHY),
            prose.first_heading("始め方"),
            prose.paragraph(how),
            prose.first_heading("ふりかえる七つの考え方（指針 第3章 1）"),
            prose.details(principles),
        ),
    )


def _ended(edition: Edition, filters: Filters, person: Person) -> tuple[Part, ...]:
    heading = prose.section("終わっていて、ふりかえりのない活動")
    total = _page_of_ended(edition, filters, 0).total
    if not total:
        return heading, prose.paragraph("この条件にあてはまる活動はありません。")
    pages = -(-total // ROWS_PER_PAGE)
    known = [str(number) for number in range(1, pages + 1)]
    page = int(view_state.option("page", known, "1")) - 1
    found = _page_of_ended(edition, filters, page).activities
    first = page * ROWS_PER_PAGE
    does = "ふりかえりを書けます" if person.role is Role.OFFICIAL else "詳しく見られます"
    table = row_table(
        f"{total:,}件のうち {first + 1:,}〜{first + len(found):,}件目。名称を押すと、{does}。",
        texts("活動", "年度・地区"),
        [(one.activity_id, (one.title, _where(one))) for one in found],
        picks="activity",
        selected=view_state.text_option("activity"),
        style="kg-page",
    )
    return heading, option_bar.row(option_bar.page_item(pages)), table


def _page_of_ended(edition: Edition, filters: Filters, page: int) -> Ended:
    start = page * ROWS_PER_PAGE
    return ended_without_review(edition, filters, today(), ROWS_PER_PAGE, start)


def _where(activity: NamedActivity) -> str:
    return when_and_where(activity.fiscal_year, activity.place_labels)
