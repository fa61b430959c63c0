"""Rows that cannot be taken in, as a file to be mended and sent in again."""

from __future__ import annotations

import csv
import io

from kyodo_geo.export.writers.formula_escaping import escape_formula
from kyodo_geo.imports.activities.activity_examination import ActivityExamination

REASONS = "取り込めない理由"
"""The extra column; on import it is known and not read."""


def refused_csv(examination: ActivityExamination) -> bytes:
    """Write the refused rows as they stood in the file (UTF-8 with BOM), with the reasons.

    Marks for "as above" are filled in, so that each row stands for itself. Only the header
    if no row was refused.
    """
    lines = io.StringIO(newline="")
    writer = csv.writer(lines)
    if plan := examination.plan:
        columns = [c for c in plan.table.columns if c.label and c.field != "reasons"]
        refusals = examination.refusals()
        writer.writerow([*(column.label for column in columns), REASONS])
        for position in plan.refused:
            findings = refusals[plan.table.numbers[position]]
            reasons = "".join(finding.sentence for finding in findings)
            cells = [column.texts.cell(position) for column in columns]
            writer.writerow([escape_formula(cell) for cell in (*cells, reasons)])
    return lines.getvalue().encode("utf-8-sig")
