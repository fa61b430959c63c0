"""Rules about the shape of a table: one of them, its header, blanks, marks of a workbook."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator

import numpy as np
from numpy.typing import NDArray

from kyodo_geo.machine_readability.grid import Grid, Spot
from kyodo_geo.machine_readability.value_checks import is_number
from kyodo_geo.machine_readability.workbook_features import CellPosition, Marks
from kyodo_geo.tabular.header_row import NOTE_STARTS
from kyodo_geo.tabular.synonyms import synonyms, word_key

MAKESHIFT_NAME = re.compile(
    r"(?:列|項目|フィールド|column|field|unnamed:?|f)[ _]?\d+", re.IGNORECASE
)
TIME_NAME = re.compile(
    r"(?:(?:19|20)\d{2}|(?:令和|平成|昭和|[rhs])\.?(?:元|\d{1,2}))(?:年度?)?(?:\(.*\))?"
    r"|(?:\d{1,2}|[一二三四五六七八九十]{1,2})月(?:分)?|第?[1-4](?:q|四半期)|q[1-4]",
    re.IGNORECASE,
)
MOST_TIME_NAMES = 2


def several_tables(grid: Grid) -> Iterator[Spot]:
    """L1-02: tables side by side, or one below the other."""
    for position in _gaps(grid):
        if _is_another_table(grid, position):
            yield grid.spot(grid.header, position, "空の列の右に、別の表があります")
    numbers = [n for n in range(len(grid.columns)) if _is_of_numbers(grid, n)]
    times = np.sum(grid.is_filled, axis=1)
    is_below_blank = (np.roll(times, 1) == 0) & (times > 1) & grid.is_data
    for row in np.flatnonzero(is_below_blank).tolist():
        if numbers and all(not is_number(grid.columns[n].cell(row)) for n in numbers):
            yield grid.spot(row, None, "空の行の下から、別の表が始まっています")


def _gaps(grid: Grid) -> list[int]:
    """Columns without a name and a value, between others."""
    is_filled = np.any(grid.is_filled, axis=0)
    return [n for n, name in enumerate(grid.names) if not name.strip() and not is_filled[n]]


def _is_another_table(grid: Grid, gap: int) -> bool:
    """Whether what stands right of a gap has several columns and ends in another row."""
    left, right = grid.is_filled[:, :gap], grid.is_filled[:, gap + 1 : len(grid.names)]
    if left.shape[1] < 2 or right.shape[1] < 2:
        return False
    left_end, right_end = (_last(np.any(side, axis=1)) for side in (left, right))
    return left_end != right_end


def _last(is_there: NDArray[np.bool_]) -> int:
    return int(np.flatnonzero(is_there)[-1])


def _is_of_numbers(grid: Grid, position: int) -> bool:
    times = grid.distinct(position)
    return sum(n for text, n in times.items() if is_number(text)) > sum(times.values()) / 2


def blank_rows_and_columns(grid: Grid) -> Iterator[Spot]:
    """L1-03: rows and columns without a text inside the table."""
    is_blank = ~grid.is_filled.any(axis=1) & grid.is_data
    for row in np.flatnonzero(is_blank).tolist():
        yield grid.spot(row, None, "空の行")
    for position in _gaps(grid):
        yield grid.spot(None, position, "空の列")


def stray_texts(grid: Grid) -> Iterator[Spot]:
    """L1-04: titles above, notes and sums below, writing beside the table."""
    for row in range(grid.header or 0):
        if grid.is_filled[row].any():
            yield grid.spot(row, None, _first_text(grid, row))
    # Only a row that is nearly empty or begins with a short word can be one.
    first = np.argmax(grid.is_filled, axis=1)
    is_lonely = grid.is_filled.sum(axis=1) == 1
    is_wide = len(grid.names) > 1
    for row in grid.data_rows:
        text = grid.sheet.columns[int(first[row])].cell(row).strip()
        is_sum = len(text) <= 8 and word_key(text) in synonyms("total")
        if is_sum or (is_wide and is_lonely[row] and text.startswith(NOTE_STARTS)):
            yield grid.spot(row, None, text)
    if not grid.is_csv:
        yield from _beside(grid)


def _beside(grid: Grid) -> Iterator[Spot]:
    """Cells to the right of the last name."""
    beside = grid.is_filled[:, len(grid.names) :]
    for row, offset in zip(*np.nonzero(beside), strict=True):
        yield grid.spot(int(row), len(grid.names) + int(offset))


def surplus_values(grid: Grid) -> Iterator[Spot]:
    """L1-15: rows of a CSV with more values than names."""
    if grid.is_csv:
        yield from _beside(grid)


def _first_text(grid: Grid, row: int) -> str:
    return next(text.strip() for text in grid.sheet.cells_at(row) if text.strip())


def nameless_columns(grid: Grid) -> Iterator[Spot]:
    """L1-05: columns with values but no name that tells something."""
    for position, name in enumerate(grid.names):
        is_filled = grid.is_filled[:, position].any()
        if (not name.strip() and is_filled) or MAKESHIFT_NAME.fullmatch(name.strip()):
            yield grid.spot(grid.header, position)


def same_names(grid: Grid) -> Iterator[Spot]:
    """L2-03: names that stand over several columns."""
    times = Counter("".join(name.split()) for name in grid.names)
    for position, name in enumerate(grid.names):
        if name.strip() and times["".join(name.split())] > 1:
            yield grid.spot(grid.header, position)


def header_elsewhere(grid: Grid) -> Iterator[Spot]:
    """L3-01: a header that is not in the first row, is missing, or comes again."""
    if grid.header is None:
        return
    if grid.header > 0:
        yield grid.spot(grid.header, None, "列名がこの行にあります")
    filled = [name for name in grid.names if name.strip()]
    if filled and sum(map(is_number, filled)) > len(filled) / 2:
        yield grid.spot(grid.header, None, "列名がありません")
    for row in grid.repeated_headers:
        yield grid.spot(row, None, "列名のくり返し")


def wide_form(grid: Grid) -> Iterator[Spot]:
    """L3-09: years or months side by side as names of columns."""
    found = [n for n, name in enumerate(grid.names) if TIME_NAME.fullmatch("".join(name.split()))]
    if len(found) > MOST_TIME_NAMES:
        for position in found:
            yield grid.spot(grid.header, position)


# Marks of a workbook


def drawings(grid: Grid) -> Iterator[Spot]:
    """L1-10: pictures, shapes and charts."""
    if grid.marks and grid.marks.drawings:
        yield grid.spot(None, None, "図形・画像・グラフ")


def emphasis(grid: Grid) -> Iterator[Spot]:
    """L1-11: colour or bold type that only some values of a column have."""
    if grid.marks is None or grid.header is None:
        return
    for row, position in grid.marks.emphasised:
        has_plain = grid.marks.last_plain.get(position, -1) > grid.header
        if row > grid.header and has_plain:
            yield grid.spot(row, position)


def merged_cells(grid: Grid) -> Iterator[Spot]:
    """L1-12: merged cells."""
    for row, position in _marked(grid, lambda marks: marks.merged):
        yield grid.spot(row, position)


def hidden(grid: Grid) -> Iterator[Spot]:
    """L1-13: hidden rows and columns."""
    if grid.marks:
        for row in grid.marks.hidden_rows:
            yield grid.spot(row, None, "隠された行")
        for position in grid.marks.hidden_columns:
            yield grid.spot(None, position, "隠された列")


def formulas(grid: Grid) -> Iterator[Spot]:
    """L2-06: formulas of a workbook."""
    for row, position in _marked(grid, lambda marks: marks.formulas):
        yield grid.spot(row, position)


def _marked(grid: Grid, which: Callable[[Marks], list[CellPosition]]) -> list[CellPosition]:
    return which(grid.marks) if grid.marks else []
