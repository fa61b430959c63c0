"""Rows that cannot be taken in, as a file to be mended and sent in again."""

from __future__ import annotations

import csv
import io

from kyodo_geo.export.writers.formula_escaping import escape_formula
from kyodo_geo.imports.activities.examination import Examination

REASONS = "取り込めない理由"
"""The extra column; on import it is known and not read."""


def refused_csv(examination: Examination) -> bytes:
    """The refused rows as they stood in the file (UTF-8 with BOM), with the reasons.

    Marks for "as above" are filled in, so that each row stands for itself. Only the header
    if no row was refused.
    """
    lines = io.StringIO(newline="")
    writer = csv.writer(lines)
    if examination.read is not None:
        columns = [c for c in examination.read.table.columns if c.label and c.field != "reasons"]
        reasons = examination.refusals()
        writer.writerow([*(column.label for column in columns), REASONS])
        for position in examination.read.plan.refused:
            number = examination.read.table.numbers[position]
            told = "".join(finding.sentence for finding in reasons[number])
            cells = [escape_formula(column.cell(position)) for column in columns]
            writer.writerow([*cells, escape_formula(told)])
    return lines.getvalue().encode("utf-8-sig")
