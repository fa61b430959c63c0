"""Every .sql file is a whole statement or script that runs; result rows are read by name."""

import ast
import sqlite3
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from string import Template
from typing import Any

import duckdb
import pytest

from kyodo_geo.editions import Edition
from kyodo_geo.editions.load import INCOMING
from kyodo_geo.filters.conditions import query_parameters
from kyodo_geo.guideline.checks import check_parameters
from kyodo_geo.imports.reviews import drafts
from kyodo_geo.model import Filters
from kyodo_geo.vocabulary import Scope

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "kyodo_geo"
SQL_FILES = {
    path.relative_to(ROOT).as_posix(): path
    for folder in (PACKAGE, ROOT / "benchmarks")
    for path in sorted(folder.rglob("*.sql"))
}
QUERIES = "kyodo_geo/editions/queries/"

LOG_ENTRY: dict[str, Any] = {
    **{"number": 1, "published_at": datetime(2026, 4, 1), "published_by": "x", "action": "x"},
    **{"description": "x", "source_files": []},
}
PAGE = {"place_mask": -1, "limit": 5, "offset": 0}
TODAY = {"today": date(2026, 4, 1), "this_year": 2026}
CHECKED = {"asked": check_parameters(date(2026, 4, 1)), "check": 128}
EXPORTED = {"edition": 1, "kyodo_scopes": 14}
SIMILAR = {
    **{"activity_id": "x", "own_field": "culture", "known_forms": 63, "own_forms": 1},
    **{"own_actors": 3, "same_places": 2, "near_places": 4, "region_places": 6},
    **{"field_points": 25, "form_points": 20, "actor_points": 15, "same_place_points": 15},
    **{"near_place_points": 10, "region_points": 5, "candidates": 3},
}
OF_VIEW: dict[str, dict[str, Any]] = {
    **{
        f"activities_by_{name}": PAGE
        for name in ("detailed", "newest", "oldest", "participants", "place", "title")
    },
    "activities_export": EXPORTED,
    "activities_export_page": EXPORTED | {"limit": 5, "offset": 0},
    **{f"activity_{name}": {} for name in ("actors", "districts", "forms")},
    "check_counts": {"asked": CHECKED["asked"]},
    "check_export": CHECKED | {"check_id": "G08", "check_title": "出典がない", "edition": 1},
    "check_one": {"asked": CHECKED["asked"], "activity_id": "x"},
    "check_page": CHECKED | {"limit": 5, "offset": 0},
    "counts": {},
    "coverage": {},
    "ended": TODAY | {"limit": 5, "offset": 0},
    "ended_total": TODAY,
    **{name: {} for name in ("field_forms", "fields", "pairs", "scopes", "years")},
    "named_activities": {"ids": ["x"]},
    "occasions": {"place_mask": -1, "limit": 5},
    "open_steps": {"place_mask": -1},
    "ordered": {"sort": "title"},
    "organisations": {"place_mask": -1, "limit": 5},
    "reviews": {},
    "similar_cases": SIMILAR,
    "sources": {},
    "stored_activities": PAGE,
}
"""Queries of a view, and their other parameters."""

OF_EDITION = ("city_actions", "continuations", "fiscal_years", "is_stored_newest_first")


def cases() -> Iterator[tuple[str, str, dict[str, Any]]]:
    """File, the tables it reads beside those of an edition, and its parameters."""
    for name, parameters in OF_VIEW.items():
        yield f"{QUERIES}{name}.sql", "", {"view": {}} | parameters
    for name in OF_EDITION:
        yield f"{QUERIES}{name}.sql", "", {}
    asked = "CREATE TEMP TABLE asked AS SELECT 0 AS row, 'x' AS id"
    here, examined = "kyodo_geo/imports/activities/", "CREATE TEMP TABLE examined AS FROM arrow"
    incoming = (
        "CREATE TEMP TABLE incoming AS SELECT 0 AS row, '清掃' AS title, 2 AS district_mask,"
        " 2020 AS fiscal_year, DATE '2020-05-01' AS start_date"
    )
    yield f"{here}current_rows.sql", asked, {"view": {}} | EXPORTED
    yield f"{here}same_title.sql", incoming, {}
    yield f"{here}alike.sql", incoming, {"most": 50}
    yield f"{here}take_in_examined.sql", examined, {}
    own = "kyodo_geo/editions/"
    before = (
        "CREATE TEMP TABLE activity_before AS SELECT id, hash(a) AS row_hash FROM activity AS a"
    )
    was_now = "ATTACH ':memory:' AS was; ATTACH ':memory:' AS now; " + "; ".join(
        f"CREATE TABLE {side}.activity AS FROM activity" for side in ("was", "now")
    )
    difference = "CREATE TEMP TABLE difference AS SELECT id, 'added' AS kind FROM activity"
    yield f"{own}checks.sql", "", {}
    yield f"{own}count_activities.sql", "", {}
    yield f"{own}differing_activities.sql", was_now, {}
    yield f"{own}differing_rows.sql", was_now, {"was": "was.activity", "now": "now.activity"}
    yield f"{own}fingerprint.sql", "", {"table": "activity"}
    yield f"{own}insert_activity.sql", "CREATE TEMP TABLE incoming AS FROM arrow", {}
    yield f"{own}insert_log_entry.sql", before, LOG_ENTRY
    yield f"{own}spelt_out.sql", difference, {"kind": "added", "limit": 5}
    yield (
        "kyodo_geo/seed/demo.sql",
        "CREATE TEMP TABLE demo AS SELECT 5 AS activities, 1 AS seed",
        {},
    )
    record = (
        "CREATE TEMP TABLE record AS SELECT 2020 AS fiscal_year, 'C01' AS district_ids,"
        " '' AS forms_stated, '' AS forms_implied, 'city' AS actors, '' AS scope_recorded,"
        " 'other' AS field, 'reported' AS status, 3 AS participants_count"
    )
    counted = (
        "CREATE TEMP TABLE counted AS SELECT 2020::SMALLINT AS fiscal_year, 2 AS district_mask,"
        " 0 AS stated, 0 AS implied, 1 AS actor_mask, 0 AS recorded, 1 AS field_mask,"
        " 1 AS status_mask, 1 AS activities, 0 AS participants_known, 0 AS participants"
    )
    yield "kyodo_geo/aggregation/count_record.sql", record, {}
    yield "kyodo_geo/aggregation/insert_counts.sql", counted, {}


OF_DUCKDB = {name: (before, parameters) for name, before, parameters in cases()}
PROPOSAL = dict.fromkeys(
    ("kind", "activity_id", "texts", "before", "word", "proposed_by", "district_id"), ""
) | {"base_edition": 1, "proposed_at": "2026-04-01", "state": "proposed"}
DECISION = {"state": "approved", "decided_by": "x", "decided_at": "x", "answer": None, "edition": 2}
WAITING = {"open": "proposed", "district": None, "most": 5}
OF_SQLITE: dict[str, dict[str, Any]] = {
    "insert_proposal": PROPOSAL,
    "open_proposals": WAITING,
    "decided_proposals": WAITING,
    "count_recent": WAITING | {"since": "2026-01-01"},
    "decide_proposal": DECISION | {"number": 1, "open": "proposed"},
}
SCRIPTS = {
    *(f"kyodo_geo/editions/{name}.sql" for name in ("schema", "macros", "listing_macros")),
    *(f"kyodo_geo/editions/upgrade_{earlier}.sql" for earlier in (1, 2)),
    *("kyodo_geo/proposals/schema.sql", "kyodo_geo/imports/reviews/drafts.sql"),
    "benchmarks/copy.sql",
}
"""Run by every edition, by the tests of migrations, and below."""


@pytest.fixture
def small(edition: Edition) -> Iterator[duckdb.DuckDBPyConnection]:
    """A handful of rows of the shipped record in memory, with the macros."""
    with duckdb.connect() as con:
        con.execute((PACKAGE / "editions/schema.sql").read_text("utf-8"))
        con.execute("ATTACH ':memory:' AS kyodo")
        for macros in ("macros", "listing_macros"):
            con.execute((PACKAGE / f"editions/{macros}.sql").read_text("utf-8"))
        con.execute("ATTACH $path AS shipped (READ_ONLY)", {"path": str(edition.path)})
        for table in ("code", "scope_rule", "place", "district", "boundary", "city_action"):
            con.execute(f"INSERT INTO {table} FROM shipped.{table}")
        con.execute("INSERT INTO activity FROM shipped.activity LIMIT 5")
        con.execute("DETACH shipped")
        yield con


@pytest.mark.parametrize("name", sorted(SQL_FILES))
def test_every_file_has_a_header_and_a_case(name: str) -> None:
    assert SQL_FILES[name].read_text("utf-8").startswith("-- ")
    sqlite = {f"kyodo_geo/proposals/{query}.sql" for query in OF_SQLITE}
    assert name in OF_DUCKDB or name in sqlite or name in SCRIPTS


@pytest.mark.parametrize("name", sorted(OF_DUCKDB))
def test_statement_runs_as_it_stands(
    name: str, small: duckdb.DuckDBPyConnection, edition: Edition
) -> None:
    before, parameters = OF_DUCKDB[name]
    arrow = INCOMING.empty_table()
    small.register("arrow", arrow)
    small.execute(before)
    if "view" in parameters:
        everything = Filters(scopes=tuple(Scope))
        parameters = parameters | query_parameters(edition, everything)
    result = small.execute(SQL_FILES[name].read_text("utf-8"), parameters or None)
    names = [column for column, *_ in result.description]
    assert all(column.isidentifier() for column in names), names


def test_statements_of_sqlite_run_as_they_stand() -> None:
    con = sqlite3.connect(":memory:")
    con.executescript((PACKAGE / "proposals/schema.sql").read_text("utf-8"))
    con.executescript(Path(drafts.__file__).with_name("drafts.sql").read_text("utf-8"))
    for name, parameters in OF_SQLITE.items():
        con.execute((PACKAGE / f"proposals/{name}.sql").read_text("utf-8"), parameters).fetchall()
    con.close()


def test_statement_of_the_benchmark_runs(small: duckdb.DuckDBPyConnection) -> None:
    values = {"edition": 1, "kyodo_scopes": 14, "unknown_form": 64, "year_from": 2000}
    text = SQL_FILES["benchmarks/copy.sql"].read_text("utf-8")
    small.execute(Template(text).substitute(values)).fetchall()


# Rows by name

FETCHES = {"rows", "row", "records", "view_rows", "fetch_rows", "fetchall", "fetchone", "fetchmany"}
NO_RESULTS = {"summary"}
"""Objects whose `rows` are no result of a query."""


def is_fetch(node: ast.AST) -> bool:
    if not isinstance(node, ast.Call):
        return False
    called = node.func
    if isinstance(called, ast.Attribute):
        is_other = isinstance(called.value, ast.Name) and called.value.id in NO_RESULTS
        return called.attr in FETCHES and not is_other
    return isinstance(called, ast.Name) and called.id in FETCHES


def names_in(target: ast.AST) -> set[str]:
    return {node.id for node in ast.walk(target) if isinstance(node, ast.Name)}


def positional(tree: ast.AST) -> Iterator[int]:
    """Lines where a result, or a row of one, is read by a number or a slice, or starred."""
    for function in ast.walk(tree):
        if not isinstance(function, ast.FunctionDef):
            continue
        arguments = function.args.args
        row_names = {one.arg for one in arguments if one.annotation and is_row(one.annotation)}
        results = set[str]()
        for node in ast.walk(function):
            if isinstance(node, ast.Assign) and is_fetch(node.value):
                bound = node.targets[0]
                if isinstance(bound, ast.List | ast.Tuple):
                    row_names |= names_in(bound)
                else:
                    results |= names_in(bound)
        for node in ast.walk(function):
            if isinstance(node, ast.For | ast.comprehension):
                of_result = isinstance(node.iter, ast.Name) and node.iter.id in results
                if (of_result or is_fetch(node.iter)) and isinstance(node.target, ast.Name):
                    row_names.add(node.target.id)
        for node in ast.walk(function):
            if isinstance(node, ast.Subscript) and is_number(node.slice):
                value = node.value
                if is_fetch(value) or (
                    isinstance(value, ast.Name) and value.id in row_names | results
                ):
                    yield node.lineno
            starred = node.value if isinstance(node, ast.Starred) else None
            if isinstance(starred, ast.Name) and starred.id in row_names:
                yield node.lineno


def is_row(annotation: ast.expr) -> bool:
    return isinstance(annotation, ast.Name) and annotation.id == "Row"


def is_number(index: ast.expr) -> bool:
    return isinstance(index, ast.Slice) or (
        isinstance(index, ast.Constant) and isinstance(index.value, int)
    )


@pytest.mark.parametrize(
    "text",
    [
        "def f(e):\n    rows = e.rows('')\n    return rows[0].id",
        "def f(e):\n    return [row[3] for row in e.rows('')]",
        "def f(e):\n    rows = e.rows('')\n    for row in rows:\n        g(*row)",
        "def f(c):\n    row = c.fetchone()\n    return row[1:]",
        "def f(row: Row):\n    return row[14:]",
        "def f(e):\n    [row] = fetch_rows(e, '')\n    return row[0]",
        "def f(e):\n    return e.rows('')[0][0]",
    ],
)
def test_positional_access_would_be_found(text: str) -> None:
    assert [*positional(ast.parse(text))]


def test_rows_are_read_by_name() -> None:
    found = {
        f"{path.relative_to(ROOT)}:{line}"
        for path in sorted(PACKAGE.rglob("*.py"))
        for line in positional(ast.parse(path.read_text("utf-8")))
    }
    assert found == set()
