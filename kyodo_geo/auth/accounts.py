"""The file of accounts: who has which role, kept by officials in Excel.

It is read whenever somebody who has signed in does something, so that a right that is taken
away is gone at once. A file with any fault gives nobody a right.
"""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Mapping, Sequence
from pathlib import Path
from string import ascii_lowercase, ascii_uppercase

from kyodo_geo.auth.roles import Person, Role
from kyodo_geo.city import city
from kyodo_geo.errors import AccountError, system_error_text
from kyodo_geo.japanese import search_key
from kyodo_geo.model import District

MOST_BYTES = 1_000_000
LONGEST_CELL = 200

COLUMNS = {
    "account": ("account", "アカウント"),
    "name": ("name", "氏名"),
    "role": ("role", "役割"),
    "district": ("district", "地区"),
}
ROLES = {
    word: role for role in (Role.COUNCIL, Role.OFFICIAL) for word in (role.label, role.name.lower())
}

# Only A to Z: other letters that fold into these (the Kelvin sign into k) are other accounts.
_SMALL_LETTERS = str.maketrans(ascii_uppercase, ascii_lowercase)

Cells = Mapping[str, str]
"""The cells of one row, by column."""


def account_key(text: str) -> str:
    """The form in which accounts are compared: trimmed, A to Z in small letters."""
    return text.strip().translate(_SMALL_LETTERS)


def read_accounts(path: Path, districts: Sequence[District]) -> dict[str, Person]:
    """Everybody in the file of accounts, by `account_key`.

    One row of the file is an account. Columns, in any order: account, name, role, district
    (アカウント, 氏名, 役割, 地区); UTF-8 or CP932; the district, id or name, is for 地区 only.
    Raises AccountError, naming the row, for a file that cannot be read or has any fault.
    """
    ids = _district_ids(districts)
    accounts: dict[str, Person] = {}
    for where, cells in _rows(path):
        key = account_key(cells["account"])
        if not key:
            raise _refused(where, "アカウントがありません", "サインインに使うアカウントを書きます")
        if key in accounts:
            raise _refused(where, "同じアカウントの行がもうあります", "一つのアカウントは1行です")
        accounts[key] = _person(where, cells, ids)
    return accounts


def _person(where: str, cells: Cells, ids: Mapping[str, str]) -> Person:
    name = " ".join(cells["name"].split())
    if not name:
        raise _refused(where, "氏名がありません", "版の履歴に残る氏名を書きます")
    if any(unicodedata.category(character) == "Cc" for character in name):
        raise _refused(where, "氏名に使えない文字（制御文字）があります")
    role = ROLES.get(search_key(cells["role"]))
    if role is None:
        raise _refused(
            where, f"役割「{cells['role']}」はありません", "役割は「職員」か「地区」です"
        )
    return Person(name, role, _district_id(where, role, cells["district"], ids))


def _district_id(where: str, role: Role, text: str, ids: Mapping[str, str]) -> str:
    key = search_key(text)
    if role is not Role.COUNCIL:
        if key:
            raise _refused(where, f"{role.label}に地区「{text}」があります", "地区は空にします")
        return ""
    district_id = ids.get(key) or ids.get(key.removesuffix(city().district_noun))
    if district_id is None:
        found = f"地区「{text}」はありません" if key else "地区がありません"
        raise _refused(where, found, "地区は番号か名前です（例: C03、花北）")
    return district_id


def _district_ids(districts: Sequence[District]) -> dict[str, str]:
    """The id of each district, by its id and its name as they are compared."""
    return {
        search_key(word): district.district_id
        for district in districts
        for word in (district.district_id, district.name)
    }


def _rows(path: Path) -> list[tuple[str, Cells]]:
    """The rows below the header that hold anything, each after the words that name it."""
    reader = csv.reader(io.StringIO(_text(path), newline=""), strict=True)
    try:
        header, *lines = list(reader) or [[]]
    except csv.Error as error:
        where = f"{path.name} {reader.line_num}行目の辺り"
        raise _refused(where, "CSVとして読めません") from error
    positions = _positions(path, header)
    return [
        (where := f"{path.name} {number}行目", _cells(where, line, positions))
        for number, line in enumerate(lines, start=2)
        if any(cell.strip() for cell in line)
    ]


def _positions(path: Path, header: Sequence[str]) -> dict[str, int]:
    """Where the columns stand."""
    names = [search_key(name) for name in header]
    found = {
        column: names.index(word)
        for column, words in COLUMNS.items()
        for word in words
        if word in names
    }
    missing = [words[-1] for column, words in COLUMNS.items() if column not in found]
    if missing:
        raise _refused(
            f"{path.name} 1行目",
            f"列がありません（{'、'.join(missing)}）",
            "1行目は アカウント,氏名,役割,地区 です",
        )
    return found


def _cells(where: str, line: Sequence[str], positions: Mapping[str, int]) -> Cells:
    cells = {column: "".join(line[n : n + 1]) for column, n in positions.items()}
    if any(len(cell) > LONGEST_CELL for cell in cells.values()):
        raise _refused(where, "長すぎる値があります", f"一つの値は{LONGEST_CELL}字までです")
    return cells


def _text(path: Path) -> str:
    try:
        with path.open("rb") as file:
            content = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise _refused(path.name, f"読めません{system_error_text(error)}") from error
    if len(content) > MOST_BYTES:
        raise _refused(path.name, f"大きすぎます（{MOST_BYTES // 1000:,}kBまでです）")
    for encoding in ("utf-8-sig", "cp932"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise _refused(path.name, "文字コードがわかりません", "UTF-8 か CP932 のCSVにします")


def _refused(where: str, found: str, expected: str = "") -> AccountError:
    return AccountError(
        where=f"利用者の一覧 {where}",
        found=found,
        expected=expected,
        next_step="直すまで、だれにも権限はありません",
    )
