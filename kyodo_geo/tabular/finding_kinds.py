"""Kinds of findings in any table of an office, by stage: file (D0), table (D1), cell (D2).

Some ids are older than this order: ids are permanent.
"""

from __future__ import annotations

from kyodo_geo.tabular.findings import FindingKind


class FileFinding(FindingKind):
    """Findings on a file: its type, and whether it can be read."""

    EMPTY_FILE = "D001"
    TOO_LARGE = "D002"
    TOO_MANY_ROWS = "D003"
    ZIP_BOMB = "D004"
    XML_ENTITIES = "D005"
    PASSWORD = "D006"  # noqa: S105 - no password, but what is found of one
    OLD_EXCEL = "D007"
    PDF = "D008"
    IMAGE = "D009"
    OTHER_KIND = "D010"
    DAMAGED = "D011"
    UNKNOWN_ENCODING = "D012"
    NOT_CSV = "D013"
    ENCODING = "D014"


class TableFinding(FindingKind):
    """Findings on a table: its bounds, columns and rows."""

    NO_HEADER = "D101"
    NO_ROWS = "D102"
    SHEET_CHOSEN = "D103"
    SHEET_LEFT = "D104"
    HEADER_NOT_FIRST = "D105"
    BLANK_ROW = "D106"
    BLANK_COLUMN = "D107"
    NOTE_ROW = "D108"
    TOTAL_ROW = "D109"
    REPEATED_HEADER = "D110"
    MERGED_FILLED = "D111"
    MERGED_LEFT = "D112"
    UNNAMED_COLUMN = "D113"
    UNKNOWN_COLUMN = "D114"
    DOUBLE_COLUMN = "D115"
    STRAY_CELL = "D116"
    SHIFTED_ROW = "D117"
    HEADER_UNIT = "D118"
    SAME_ID = "D311"


class CellFinding(FindingKind):
    """Findings on the text of a cell."""

    DITTO = "D201"
    DITTO_OF_NOTHING = "D202"
    BLANK_WORD = "D203"
    SPREADSHEET_ERROR = "D204"
    NUMBER_SPELLING = "D205"
    NUMBER_ROUGH = "D206"
    NUMBER_UNREADABLE = "D207"
    DATE_SPELLING = "D208"
    DATE_PERIOD = "D209"
    DATE_WITHOUT_DAY = "D210"
    DATE_UNREADABLE = "D211"
    YEAR_SPELLING = "D212"
    YEAR_UNREADABLE = "D213"
    TERM_SPELLING = "D214"
    TERM_UNKNOWN = "D215"
    SEPARATOR = "D216"
    PLACE_SPELLING = "D217"
    PLACE_BY_TOWN = "D218"
    PLACE_UNKNOWN = "D219"
    PLACES_DIFFER = "D220"
    SPACES = "D221"
    CONTROL_CHARACTER = "D222"
    MACHINE_CHARACTER = "D223"
    FORMULA_TEXT = "D224"
    PERSON = "D225"
    TELEPHONE = "D226"
    MAIL = "D227"
    ID_UNREADABLE = "D228"
    TOO_LONG = "D229"
    DEGREES_UNREADABLE = "D230"
    DEGREES_SPELLING = "D231"
    UNSEEN_CHARACTER = "D232"
    MISSING = "D301"


class SmallTableFinding(FindingKind):
    """Findings on reference data and reviews."""

    NO_HEADER = "D531"
    UNKNOWN_COLUMN = "D532"
    SAME_KEY = "D540"
