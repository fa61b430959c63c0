"""What the import doctor can find in a file: the catalogue, and one finding in its place."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum, StrEnum
from typing import NamedTuple

from kyodo_geo.city import city

FOUND_SHOWN = 80
"""Longer texts are cut where a finding is shown."""


class Severity(StrEnum):
    """How grave a finding is; its label is what people read."""

    label: str

    def __new__(cls, identifier: str, label: str) -> Severity:
        """A string with its label."""
        severity = str.__new__(cls, identifier)
        severity._value_ = identifier
        severity.label = label
        return severity

    BLOCKS = ("blocks", "取り込めない")
    WARNS = ("warns", "確認")
    MENDED = ("mended", "直した")


BLOCKS, WARNS, MENDED = Severity.BLOCKS, Severity.WARNS, Severity.MENDED
SAVE_AGAIN = "Excelなどで開き、.xlsx か CSV で保存し直してください。"
USE_TABLE = "元の表のファイルを使ってください。"
RETYPE = "元のファイルのこのセルを直してください。"


class Catalogue(Enum):
    """A catalogue, one line a kind of finding: permanent id, official rule, severity, what it
    is, what to do.

    Ids are never used for something else. The rule is empty where none of the official ones
    applies.
    """

    def __init__(
        self, check_id: str, rule: str, severity: Severity, text: str, advice: str
    ) -> None:
        self.check_id = check_id
        self.rule = rule
        self.severity = severity
        self.text = text
        self.advice = advice


class Check(Catalogue):
    """What can be found in lists of activities: D0 files, D1 tables, D2 cells, D3 activities,
    D4 the current record. (D5 are reference data: `imports/reference/reference_findings.py`.)
    """

    EMPTY_FILE = ("D001", "", BLOCKS, "ファイルが空です", "中身のあるファイルを選んでください。")
    TOO_LARGE = (
        "D002",
        "",
        BLOCKS,
        "ファイルが大きすぎます",
        "年度ごとなどに分けて、1回に20MBまでにしてください。",
    )
    TOO_MANY_ROWS = (
        "D003",
        "",
        BLOCKS,
        "表が大きすぎます",
        "年度ごとなどに分けて、1回に200,000行・1,000列までにしてください。",
    )
    ZIP_BOMB = (
        "D004",
        "",
        BLOCKS,
        "圧縮を解くと大きすぎるため、開きませんでした",
        "作った人に確かめ、要る表だけを新しいファイルに保存し直してください。",
    )
    XML_ENTITIES = (
        "D005",
        "",
        BLOCKS,
        "表計算ソフトが書かない宣言（DTD・実体）があるため、開きませんでした",
        "作った人に確かめ、表計算ソフトで新しいファイルに保存し直してください。",
    )
    PASSWORD = (
        "D006",
        "",
        BLOCKS,
        "パスワードで保護されています",
        "パスワードを外して保存し直してください。",
    )
    OLD_EXCEL = ("D007", "L1-01", BLOCKS, "古い形式のExcel（.xls）です", SAVE_AGAIN)
    PDF = ("D008", "L1-01", BLOCKS, "PDFです。表として読めません", USE_TABLE)
    IMAGE = ("D009", "L1-01", BLOCKS, "画像です。表として読めません", USE_TABLE)
    OTHER_KIND = (
        "D010",
        "L1-01",
        BLOCKS,
        "表のファイル（CSV・XLSX・ODS）ではありません",
        SAVE_AGAIN,
    )
    DAMAGED = ("D011", "", BLOCKS, "壊れているか、途中で切れています", SAVE_AGAIN)
    UNKNOWN_ENCODING = (
        "D012",
        "L3-08",
        BLOCKS,
        "文字コードがわかりません",
        "「CSV UTF-8」の形式で保存し直してください。",
    )
    NOT_CSV = (
        "D013",
        "L1-15",
        BLOCKS,
        "CSVとして読めません",
        '引用符（"）が閉じているか確かめるか、保存し直してください。',
    )
    ENCODING = (
        "D014",
        "L3-08",
        MENDED,
        "UTF-8ではない文字コードとして読みました",
        "文字化けがないか確かめてください。",
    )
    NO_HEADER = (
        "D101",
        "L3-01",
        BLOCKS,
        "見出しの行が見つかりません",
        "1行目に「名称」「年度」「地区の番号」などの列名を書いてください（ひな形を使えます）。",
    )
    NO_ROWS = (
        "D102",
        "",
        BLOCKS,
        "データの行がありません",
        "見出しの下に、1行に1件ずつ書いてください。",
    )
    SHEET_CHOSEN = ("D103", "L1-02", MENDED, "シートがいくつかあります。この1枚を読みました", "")
    SHEET_LEFT = (
        "D104",
        "L1-02",
        WARNS,
        "ほかにも表のあるシートがありますが、読みませんでした",
        "要る場合は、1枚ずつ別のファイルにして取り込んでください。",
    )
    HEADER_NOT_FIRST = (
        "D105",
        "L3-01",
        MENDED,
        "見出しが1行目にありません。上の行を除いて読みました",
        "",
    )
    BLANK_ROW = ("D106", "L1-03", MENDED, "空の行をとばしました", "")
    BLANK_COLUMN = ("D107", "L1-03", MENDED, "空の列をとばしました", "")
    NOTE_ROW = ("D108", "L1-04", MENDED, "注記の行をとばしました", "")
    TOTAL_ROW = ("D109", "L1-04", MENDED, "合計の行をとばしました", "")
    REPEATED_HEADER = ("D110", "L3-01", MENDED, "くり返しの見出しをとばしました", "")
    MERGED_FILLED = ("D111", "L1-12", MENDED, "結合されたセルの値を、下の行にも入れました", "")
    MERGED_LEFT = (
        "D112",
        "L1-12",
        WARNS,
        "セルが結合されています。値は最初のセルだけにあるものとしました",
        "結合を解き、それぞれの行に値を書いてください。",
    )
    UNNAMED_COLUMN = (
        "D113",
        "L1-05",
        WARNS,
        "列名のない列です。読みませんでした",
        "要る列なら、列名を書いてください。",
    )
    UNKNOWN_COLUMN = (
        "D114",
        "L1-05",
        WARNS,
        "取り込む先のない列です。読みませんでした",
        "要る内容なら、「概要」か「備考」の列に移してください。",
    )
    DOUBLE_COLUMN = (
        "D115",
        "L2-03",
        WARNS,
        "同じ項目の列が二つあります。左の列だけを読みました",
        "一つの列にまとめてください。",
    )
    STRAY_CELL = (
        "D116",
        "L1-04",
        WARNS,
        "表の外に書き込みがあります。読みませんでした",
        "要る内容なら、「備考」の列に移してください。",
    )
    SHIFTED_ROW = (
        "D117",
        "L1-15",
        BLOCKS,
        "列より多くの値があります",
        '「,」を含む値を引用符（"）で囲んでください。',
    )
    HEADER_UNIT = (
        "D118",
        "L3-04",
        WARNS,
        "列名の単位に従い、円に換算しました",
        "金額の桁を確かめてください。",
    )
    DITTO = ("D201", "L2-02", MENDED, "「同上」の記号を、上の行の値にしました", "")
    DITTO_OF_NOTHING = ("D202", "L2-02", BLOCKS, "「同上」の記号ですが、上に値がありません", RETYPE)
    BLANK_WORD = ("D203", "L3-03", MENDED, "値がないことを表す文字を、空欄にしました", "")
    SPREADSHEET_ERROR = (
        "D204",
        "L2-06",
        BLOCKS,
        "表計算ソフトの計算の誤りです",
        "式を直し、値にして保存し直してください。",
    )
    NUMBER_SPELLING = ("D205", "L2-01", MENDED, "数だけにしました", "")
    NUMBER_ROUGH = (
        "D206",
        "L2-01",
        WARNS,
        "おおよその数です。数だけにしました",
        "「約」「以上」などが要るなら、備考に書いてください。",
    )
    NUMBER_UNREADABLE = (
        "D207",
        "L2-01",
        BLOCKS,
        "数として読めません",
        "0以上の整数だけを書いてください（例: 1200）。わからなければ空欄にしてください。",
    )
    DATE_SPELLING = ("D208", "L3-05", MENDED, "日付を西暦（ISO 8601）にしました", "")
    DATE_PERIOD = ("D209", "L1-07", MENDED, "期間を開始日と終了日に分けました", "")
    DATE_WITHOUT_DAY = (
        "D210",
        "L1-07",
        WARNS,
        "日がないため、日付は空欄とし、年度だけを使いました",
        "日がわかれば書いてください。",
    )
    DATE_UNREADABLE = (
        "D211",
        "L3-05",
        BLOCKS,
        "実在する日付として読めません",
        "2024-04-01 や 令和6年4月1日 のように年から書くか、わからなければ空欄にしてください。",
    )
    YEAR_SPELLING = ("D212", "L3-05", MENDED, "年度を西暦の整数にしました", "")
    YEAR_UNREADABLE = (
        "D213",
        "L3-05",
        BLOCKS,
        "年度として読めません",
        "2024 や 令和6年度 のように書いてください。わからなければ空欄にしてください。",
    )
    TERM_SPELLING = ("D214", "L2-04", MENDED, "決まった用語にしました", "")
    TERM_UNKNOWN = (
        "D215",
        "L2-04",
        BLOCKS,
        "知られていない用語です",
        "決まった用語から選んでください。",
    )
    SEPARATOR = ("D216", "L1-07", MENDED, "一つのセルの複数の値を分けました", "")
    PLACE_SPELLING = ("D217", "L3-06", MENDED, "地区の番号にしました", "")
    PLACE_BY_TOWN = (
        "D218",
        "L3-06",
        WARNS,
        "町名から地区を決めました",
        "地区が正しいか確かめてください。",
    )
    PLACE_UNKNOWN = (
        "D219",
        "L3-06",
        BLOCKS,
        "地区がわかりません",
        f"地区の番号（{city().district_range}、全市はC00）か地区名を書いてください。わからなければ空欄にしてください。",
    )
    PLACES_DIFFER = (
        "D220",
        "L3-06",
        WARNS,
        "地区の名称が、地区の番号と合いません。番号に従いました",
        "どちらが正しいか確かめてください。",
    )
    SPACES = ("D221", "L1-06", MENDED, "体裁のための空白や改行を除きました", "")
    CONTROL_CHARACTER = ("D222", "L1-08", MENDED, "画面に出ない制御文字を除きました", "")
    MACHINE_CHARACTER = (
        "D223",
        "L1-08",
        WARNS,
        "機種依存文字があります",
        "「(1)」「(株)」「平方メートル」のように書き換えてください。",
    )
    FORMULA_TEXT = (
        "D224",
        "L2-06",
        WARNS,
        "数式に見える文字です。文字のまま取り込みます",
        "文字として正しいか確かめてください。",
    )
    UNSEEN_CHARACTER = (
        "D232",
        "L1-08",
        WARNS,
        "画面に見えない文字（幅のない空白、文字の向きを変える記号）があります",
        "要らなければ、その文字を消してください。並びや検索が、見た目と違うものになります。",
    )
    PERSON = (
        "D225",
        "",
        WARNS,
        "個人の氏名かもしれません",
        "個人の氏名は載せられません。「個人」「市民」などに書き換えてください。",
    )
    TELEPHONE = ("D226", "", WARNS, "電話番号があります", "連絡先は消してください。")
    MAIL = ("D227", "", WARNS, "メールアドレスがあります", "連絡先は消してください。")
    DEGREES_UNREADABLE = (
        "D230",
        "L3-06",
        BLOCKS,
        "緯度・経度として読めません",
        "緯度は 39.38853、経度は 141.11693 のように、十進の度で書いてください。",
    )
    DEGREES_SPELLING = ("D231", "L3-06", MENDED, "十進の度にしました", "")
    ID_UNREADABLE = (
        "D228",
        "",
        BLOCKS,
        "活動の番号に使えない文字があります",
        "半角の英数字で書くか、新しい活動なら空欄にしてください。",
    )
    TOO_LONG = (
        "D229",
        "L1-07",
        BLOCKS,
        "文字が多すぎます（1セルに10,000字まで）",
        '短くするか、引用符（"）が閉じているか確かめてください。',
    )
    MISSING = ("D301", "", BLOCKS, "なくてはならない値がありません", RETYPE)
    YEAR_FROM_DATE = ("D302", "", MENDED, "年度を日付から補いました", "")
    YEAR_MISMATCH = (
        "D303",
        "",
        WARNS,
        "年度と日付が合いません。書かれたままにします",
        "年度は4月から翌年3月までです。どちらが正しいか確かめてください。",
    )
    ENDS_BEFORE_START = ("D304", "", BLOCKS, "終了日が開始日より前です", RETYPE)
    PLACE_BLANK = (
        "D305",
        "L3-06",
        WARNS,
        "地区がありません。地区不明になります",
        "わかれば書いてください。市全体の活動は C00 です。",
    )
    DEFAULT_USED = ("D306", "L1-09", MENDED, "空欄のため、決まった値にしました", "")
    FORM_TWICE = ("D307", "", MENDED, "明記と推定の両方にある形態を、明記だけにしました", "")
    FORM_BAND = (
        "D308",
        "",
        WARNS,
        "指針がこの範囲に挙げていない形態です",
        "範囲と形態を確かめてください。",
    )
    SCOPES_AMBIGUOUS = (
        "D309",
        "",
        WARNS,
        "範囲が一つに決まっていません。形態から求めた範囲を使います",
        "資料に範囲があれば、一つだけ書いてください。",
    )
    SAME_ROW = (
        "D310",
        "",
        BLOCKS,
        "同じ内容の行が前にあります",
        "別の活動なら、違いがわかるように日付や名称を書いてください。",
    )
    SAME_ID = (
        "D311",
        "",
        BLOCKS,
        "同じ活動の番号の行がほかにもあります",
        "正しい行だけを残してください。",
    )
    POINT_HALF = (
        "D312",
        "L3-06",
        BLOCKS,
        "緯度と経度の一方だけがあります",
        "両方を書くか、両方を空欄にしてください。",
    )
    PLACE_FROM_POINT = ("D313", "L3-06", MENDED, "地区を緯度・経度から補いました", "")
    POINT_ELSEWHERE = (
        "D314",
        "L3-06",
        WARNS,
        "緯度・経度は、書かれた地区の外にあります。地区は書かれたままにします",
        "地区と緯度・経度のどちらが正しいか確かめてください。",
    )
    CONTINUES_UNKNOWN = (
        "D315",
        "",
        BLOCKS,
        "続きのもとの番号の活動がありません",
        "いまの版かこのファイルにある活動の番号を書くか、空欄にしてください。",
    )
    CONTINUES_CIRCLE = (
        "D316",
        "",
        BLOCKS,
        "続きのもとをたどると、この活動に戻ります",
        "先に行われた活動の番号を書いてください。",
    )
    ID_NEW = (
        "D401",
        "",
        WARNS,
        "この番号の活動はいまの版にありません。新しい活動とします",
        "記録を直すつもりなら、番号を確かめてください。",
    )
    ON_RECORD = ("D402", "", MENDED, "同じ内容の活動がもうあるため、その活動として扱いました", "")
    LIKELY_DOUBLE = (
        "D403",
        "",
        WARNS,
        "よく似た活動がもうあります",
        "同じ活動なら、その番号を「活動の番号」に書いてください。",
    )


class Finding(NamedTuple):
    """One finding in its place.

    `row` is the row a spreadsheet shows (None: the whole file or column), `column` the name
    that stands in the file, `found` what stood there, `became` what it was mended to and
    `detail` the reason in this case. Texts that do not apply are empty.
    """

    check: Catalogue
    sheet: str = ""
    row: int | None = None
    column: str = ""
    found: str = ""
    became: str = ""
    detail: str = ""

    @property
    def severity(self) -> Severity:
        """How grave it is."""
        return self.check.severity

    @property
    def where(self) -> str:
        """Sheet, row and column in words; empty for the whole file."""
        row = f"{self.row}行目" if self.row is not None else ""
        column = f"「{self.column}」列" if self.column else ""
        return " ".join(part for part in (self.sheet, row, column) if part)

    @property
    def sentence(self) -> str:
        """What was found, what became of it and what to do."""
        found = f"「{_cut(self.found)}」" if self.found else ""
        became = f"（→「{_cut(self.became)}」）" if self.became else ""
        detail = f"{self.detail.removesuffix('。')}。" if self.detail else ""
        said = f"{found}: {self.check.text}" if found else self.check.text
        return f"{said}{became}。{detail}{self.check.advice}"

    def as_dict(self) -> dict[str, str | int | None]:
        """Plain values for JSON."""
        return {
            "id": self.check.check_id,
            "rule": self.check.rule,
            "severity": self.severity.value,
            "sheet": self.sheet,
            "row": self.row,
            "column": self.column,
            "found": self.found,
            "became": self.became,
            "detail": self.detail,
            "text": self.check.text,
            "advice": self.check.advice,
        }


class FileRefused(Exception):  # noqa: N818 - it is an outcome, not a defect
    """A file of which nothing can be read; carries the finding that says why."""

    def __init__(self, check: Catalogue, detail: str = "", found: str = "") -> None:
        super().__init__(check.text)
        self.finding = Finding(check, detail=detail, found=found)


def worst_first(findings: Iterable[Finding]) -> list[Finding]:
    """Findings, the gravest first, else in their order."""
    return sorted(findings, key=lambda finding: list(Severity).index(finding.severity))


def _cut(text: str) -> str:
    return text if len(text) <= FOUND_SHOWN else f"{text[:FOUND_SHOWN]}…"
