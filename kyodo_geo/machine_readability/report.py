"""Which of the rules a file keeps: each passed, failed with places, or not to be told."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain, islice
from typing import Any

from kyodo_geo.machine_readability import code_checks, layout_checks, value_checks
from kyodo_geo.machine_readability.features import is_ods, read_marks
from kyodo_geo.machine_readability.format_checks import (
    Format,
    misleading_ending,
    promised_format,
    prose,
)
from kyodo_geo.machine_readability.grid import Grid, Spot
from kyodo_geo.machine_readability.json_records import record_sheet
from kyodo_geo.machine_readability.rules import Rule, rules
from kyodo_geo.tabular.file_types import FileKind, kind_of
from kyodo_geo.tabular.findings import FileRefused
from kyodo_geo.tabular.header_row import LOOKED_AT, header_row
from kyodo_geo.tabular.sheets import Sheet, readings

MOST_SPOTS = 1000
"""Places of one rule that are told."""

ENCODINGS = ("", "utf-8-sig", "cp932")
CODE_SHEETS = ("コード", "codes", "凡例", "区分表")
TELLING_SHEETS = ("コード", "凡例", "定義", "記号", "説明")
UNIT_NAMES = ("unit", "単位")


class RuleState(StrEnum):
    """State of a rule."""

    PASSED = "passed"
    FAILED = "failed"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class RuleResult:
    """Result of a rule: where it is broken, or why it can't be decided."""

    rule: Rule
    state: RuleState
    spots: tuple[Spot, ...] = ()
    reason: str = ""


@dataclass(frozen=True)
class Report:
    """All outcomes, in the order of the rules. `refusal` says why a file couldn't be read."""

    outcomes: Sequence[RuleResult]
    refusal: str = ""

    def of(self, state: RuleState) -> list[RuleResult]:
        """The outcomes of one state."""
        return [outcome for outcome in self.outcomes if outcome.state is state]

    @property
    def mark(self) -> tuple[int, int]:
        """Number of rules kept, and of rules that could be decided."""
        passed, failed = len(self.of(RuleState.PASSED)), len(self.of(RuleState.FAILED))
        return passed, passed + failed

    @property
    def is_clean(self) -> bool:
        """Whether the file was read and nothing in it breaks a rule."""
        return not self.refusal and not self.of(RuleState.FAILED)

    def as_dict(self) -> dict[str, Any]:
        """Plain values for JSON."""
        passed, told = self.mark
        return {
            "passed": passed,
            "checked": told,
            "refusal": self.refusal,
            "rules": [
                {
                    "id": one.rule.rule_id,
                    "text": one.rule.text,
                    "how": one.rule.how,
                    "state": str(one.state),
                    "reason": one.reason,
                    "places": [spot._asdict() for spot in one.spots],
                }
                for one in self.outcomes
            ],
        }


class CannotJudge(Exception):  # noqa: N818 - it is an outcome, not a defect
    """Signal that a rule can't be decided for this file; the reason is Japanese."""


@dataclass(frozen=True)
class Book:
    """A file that was read. `has_marks` is false where its marks can't be asked for."""

    name: str
    format: Format
    grids: Sequence[Grid]
    encoding: str
    has_marks: bool


Ask = Callable[[Book], Iterable[Spot]]


def selfcheck(content: bytes, name: str = "") -> Report:
    """Hold a file to all rules; never raises for what it holds.

    What its `name` promises is held to as well, if it is given.
    """
    try:
        book = _read(content, name)
        return Report([_outcome(rule, book) for rule in rules()])
    except FileRefused as refusal:
        finding = refusal.finding
        return Report([_refused(r, finding.kind.rule) for r in rules()], finding.sentence)


def _read(content: bytes, name: str) -> Book:
    if kind_of(content) is FileKind.WORKBOOK:
        [sheets] = readings(content)
        marks = read_marks(content)
        found = Format.ODS if is_ods(content) else Format.XLSX
    else:
        records = record_sheet(content, is_called_json=promised_format(name) is Format.JSON)
        sheets = [records] if records else _likeliest(readings(content))
        marks = {}
        found = Format.JSON if records else Format.CSV
    grids = [Grid(sheet, (marks or {}).get(sheet.name)) for sheet in sheets if sheet.height]
    encoding = sheets[0].encoding if sheets else ""
    return Book(name, found, grids, encoding, marks is not None)


def _likeliest(found: Iterator[Sequence[Sheet]]) -> Sequence[Sheet]:
    """The reading with a header that we know, else the first."""
    first: Sequence[Sheet] = ()
    for sheets in found:
        first = first or sheets
        for sheet in sheets:
            rows = [sheet.cells_at(n) for n in range(min(LOOKED_AT, sheet.height))]
            if header_row(rows) is not None:
                return sheets
    return first


def _outcome(rule: Rule, book: Book) -> RuleResult:
    ask = ASKED.get(rule.rule_id)
    if ask is None:
        return RuleResult(rule, RuleState.UNKNOWN, reason=rule.how)
    try:
        spots = tuple(islice(ask(book), MOST_SPOTS))
    except CannotJudge as reason:
        return RuleResult(rule, RuleState.UNKNOWN, reason=str(reason))
    return RuleResult(rule, RuleState.FAILED if spots else RuleState.PASSED, spots)


def _refused(rule: Rule, broken: str) -> RuleResult:
    if rule.rule_id == broken:
        return RuleResult(rule, RuleState.FAILED)
    return RuleResult(
        rule, RuleState.UNKNOWN, reason="ファイルを読めなかったため、調べていません。"
    )


def _each(*checks: Callable[[Grid], Iterable[Spot]]) -> Ask:
    """Ask all sheets."""
    return lambda book: chain.from_iterable(check(g) for g in book.grids for check in checks)


def _marked(check: Callable[[Grid], Iterable[Spot]]) -> Ask:
    """The same for what only some formats tell."""

    def ask(book: Book) -> Iterable[Spot]:
        if not book.has_marks:
            raise CannotJudge(
                "この形式（.xlsb）からは読み取れません。.xlsx で保存し直してください。"
            )
        return _each(check)(book)

    return ask


def _is_table(book: Book) -> Iterable[Spot]:
    broken = [*misleading_ending(book.name, book.format), *_each(prose)(book)]
    if not broken and book.format is Format.CSV and not any(g.is_data.any() for g in book.grids):
        raise CannotJudge("見出しの下に行がなく、表かどうかを決められません。")
    return broken


def _calculated(book: Book) -> Iterable[Spot]:
    return chain(_marked(layout_checks.formulas)(book), _each(value_checks.calculations)(book))


def _code_table(book: Book) -> Iterable[Spot]:
    names = [grid.sheet.name.casefold() for grid in book.grids]
    if not any(part in name for name in names for part in CODE_SHEETS):
        raise CannotJudge("コード表のシートが見つかりません。別のファイルにあれば、合っています。")
    return ()


def _units(book: Book) -> Iterable[Spot]:
    if not any(name.strip() in UNIT_NAMES for grid in book.grids for name in grid.names):
        raise CannotJudge(
            "単位の欄のある定義書が見つかりません。列名や別のファイルを見てください。"
        )
    return ()


def _symbols(book: Book) -> Iterator[Spot]:
    """Symbols that no sheet with explanations has in a cell of its own."""
    telling = [g for g in book.grids if any(part in g.sheet.name for part in TELLING_SHEETS)]
    told = {text.strip() for g in telling for column in g.sheet.columns for text in column.distinct}
    for grid in book.grids:
        if grid not in telling:
            yield from (
                spot for spot in value_checks.symbols(grid) if spot.found.strip() not in told
            )


def _areas(book: Book) -> Iterable[Spot]:
    found = [spots for grid in book.grids if (spots := code_checks.areas(grid)) is not None]
    if not found:
        raise CannotJudge("地区や地方公共団体コードの列だとわかる列名がありません。")
    return chain.from_iterable(found)


def _definitions(book: Book) -> Iterable[Spot]:
    if book.encoding not in ENCODINGS:
        return (Spot("", found=f"文字コードは {book.encoding} です"),)
    if not any("定義" in grid.sheet.name for grid in book.grids):
        raise CannotJudge("定義書のシートが見つかりません。別のファイルを見てください。")
    return ()


ASKED: Mapping[str, Ask] = {
    "L1-01": _is_table,
    "L1-02": _each(layout_checks.several_tables),
    "L1-03": _each(layout_checks.blank_rows_and_columns),
    "L1-04": _each(layout_checks.stray_texts),
    "L1-05": _each(layout_checks.nameless_columns),
    "L1-06": _each(value_checks.texts_for_looks),
    "L1-07": _each(value_checks.several_values),
    "L1-08": _each(value_checks.machine_characters),
    "L1-10": _marked(layout_checks.drawings),
    "L1-11": _marked(layout_checks.emphasis),
    "L1-12": _marked(layout_checks.merged_cells),
    "L1-13": _marked(layout_checks.hidden),
    "L1-15": _each(layout_checks.surplus_values),
    "L2-01": _each(value_checks.decorated_numbers),
    "L2-02": _each(value_checks.dittos),
    "L2-03": _each(layout_checks.same_names),
    "L2-04": _each(code_checks.spellings),
    "L2-05": _each(value_checks.others_with_detail),
    "L2-06": _calculated,
    "L3-01": _each(layout_checks.header_elsewhere),
    "L3-02": _code_table,
    "L3-03": _symbols,
    "L3-04": _units,
    "L3-05": _each(value_checks.eras),
    "L3-06": _areas,
    "L3-08": _definitions,
    "L3-09": _each(layout_checks.wide_form),
}
"""How each rule is asked; what is not here can't be checked by a program."""
