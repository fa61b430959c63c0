"""The catalogues of findings: permanent ids, texts in `data/findings.csv`."""

import csv

from kyodo_geo.imports.activities.activity_findings import ActivityFinding
from kyodo_geo.imports.reference.reference_findings import ReferenceFinding
from kyodo_geo.imports.reviews.review_findings import ReviewFinding
from kyodo_geo.tabular.finding_kinds import (
    CellFinding,
    FileFinding,
    SmallTableFinding,
    TableFinding,
)
from kyodo_geo.tabular.findings import FILE, FindingKind, Severity

CATALOGUES: tuple[type[FindingKind], ...] = (
    *(FileFinding, TableFinding, CellFinding, SmallTableFinding),
    *(ActivityFinding, ReferenceFinding, ReviewFinding),
)
KINDS = [kind for catalogue in CATALOGUES for kind in catalogue.__members__.values()]


def test_each_id_is_that_of_one_kind_and_has_one_row_of_texts() -> None:
    with FILE.open(encoding="utf-8", newline="") as file:
        ids = [row["id"] for row in csv.DictReader(file)]

    assert set(CATALOGUES) == set(FindingKind.__subclasses__())
    assert sorted(kind.finding_id for kind in KINDS) == ids == sorted(set(ids))


def test_what_blocks_or_is_to_be_checked_says_what_to_do() -> None:
    ids = {kind.finding_id for kind in KINDS if not kind.advice}
    grave = {kind.finding_id for kind in KINDS if kind.severity is not Severity.MENDED}

    assert ids & grave == {"D508", "D532"}
    assert all(kind.text and "{" not in kind.text + kind.advice for kind in KINDS)
