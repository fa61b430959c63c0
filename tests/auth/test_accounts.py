"""The file of accounts: what is read, and that a fault gives nobody a right."""

import csv
import io
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kyodo_geo.auth.accounts import LONGEST_CELL, MOST_BYTES, account_key, read_accounts
from kyodo_geo.auth.roles import Person, Role
from kyodo_geo.editions import Edition
from kyodo_geo.errors import AccountError

HANAKO = Person("花巻 花子", Role.OFFICIAL)
TARO = Person("北 太郎", Role.COUNCIL, "C03")

HEADER = "account,name,role,district\n"

Read = Callable[[bytes | str], dict[str, Person]]

many = settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@pytest.fixture
def read(tmp_path: Path, edition: Edition) -> Read:
    """Write a file of accounts and read it."""
    path = tmp_path / "accounts.csv"

    def reading(content: bytes | str) -> dict[str, Person]:
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return read_accounts(path, edition.districts)

    return reading


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932"])
def test_officials_keep_it_in_excel(read: Read, encoding: str) -> None:
    text = (
        "アカウント,氏名,役割,地区,備考\r\n"
        " Hanako@Example.org ,花巻　花子,職員,,\r\n"
        "taro@example.org,北 太郎,地区,花北地区,任期は来春まで\r\n"
        ",,,,\r\n"
    )

    found = read(text.encode(encoding))

    assert found == {"hanako@example.org": HANAKO, "taro@example.org": TARO}


@pytest.mark.parametrize("district", ["C03", "c03", "花北", "花北地区", " Ｃ０３ "])
@pytest.mark.parametrize("role", ["council", "COUNCIL", "地区"])
def test_roles_and_districts_by_name_or_id(read: Read, role: str, district: str) -> None:
    text = f"district,role,name,account\n{district},{role},北 太郎,taro@example.org"

    assert read(text) == {"taro@example.org": TARO}


@pytest.mark.parametrize(
    ("rows", "where", "found"),
    [
        (",花子,職員,", "2行目", "アカウントがありません"),
        ("a@x,,職員,", "2行目", "氏名がありません"),
        ("a@x,花\0子,職員,", "2行目", "使えない文字"),
        ("a@x,花子,管理者,", "2行目", "役割「管理者」はありません"),
        ("a@x,花子,閲覧者,", "2行目", "役割「閲覧者」はありません"),
        ("a@x,花子,,", "2行目", "役割「」はありません"),
        ("a@x", "2行目", "氏名がありません"),
        ("a@x,花子,職員,花北", "2行目", "職員に地区「花北」があります"),
        ("a@x,花子,地区,", "2行目", "地区がありません"),
        ("a@x,花子,地区,盛岡", "2行目", "地区「盛岡」はありません"),
        ("a@x,花子,地区,C28", "2行目", "地区「C28」はありません"),
        ("a@x,花子,職員,\n\nA@X ,花子,職員,", "4行目", "同じアカウント"),
        (f"a@x,{'花' * (LONGEST_CELL + 1)},職員,", "2行目", "長すぎる値"),
        ('a@x,"花子,職員,', "2行目", "CSVとして読めません"),
    ],
)
def test_a_fault_is_told_with_its_row(read: Read, rows: str, where: str, found: str) -> None:
    with pytest.raises(AccountError) as refusal:
        read(f"{HEADER}{rows}")

    assert where in refusal.value.where
    assert found in refusal.value.found
    assert "だれにも権限はありません" in refusal.value.sentence


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (b"", "列がありません（アカウント、氏名、役割、地区）"),
        (b"account,name,role\n", "列がありません（地区）"),
        (b"account;name;role;district\n", "列がありません"),
        (b"\x81\x20", "文字コードがわかりません"),
        (b"a" * (MOST_BYTES + 1), "大きすぎます"),
    ],
)
def test_what_is_no_such_file_is_refused(read: Read, content: bytes, found: str) -> None:
    with pytest.raises(AccountError, match=found):
        read(content)


def test_a_file_that_cannot_be_opened_is_refused(tmp_path: Path, edition: Edition) -> None:
    for path in (tmp_path / "missing.csv", tmp_path):
        with pytest.raises(AccountError, match="読めません"):
            read_accounts(path, edition.districts)


def test_only_a_to_z_are_the_same_in_both_cases() -> None:
    assert account_key(" KEN@Example.ORG\t") == "ken@example.org"
    for other in ("\N{KELVIN SIGN}en@example.org", "ｋen@example.org", "ken@exampłe.org"):
        assert account_key(other) != "ken@example.org"


@many
@given(content=st.binary() | st.binary().map(lambda rest: HEADER.encode() + rest))
def test_any_bytes_are_read_or_refused(read: Read, content: bytes) -> None:
    try:
        found = read(content)
    except AccountError as refusal:
        assert "利用者の一覧" in refusal.sentence
    else:
        assert all(person.role > Role.READER for person in found.values())


@many
@given(
    account=st.text(st.characters(exclude_categories=("Cs",)), min_size=1, max_size=30),
    name=st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=30),
)
def test_any_account_and_name_are_kept(read: Read, account: str, name: str) -> None:
    if not account.strip() or not name.split():
        return
    file = io.StringIO(newline="")
    csv.writer(file).writerow([account, name, "職員", ""])

    found = read(HEADER + file.getvalue())

    assert found == {account_key(account): Person(" ".join(name.split()), Role.OFFICIAL)}
