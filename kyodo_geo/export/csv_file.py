"""Record batches as CSV: UTF-8 with BOM, lines end in CRLF."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.csv as pa_csv

BOM = b"\xef\xbb\xbf"
OPTIONS = pa_csv.WriteOptions(eol="\r\n", quoting_style="needed")


def write_csv(batches: pa.RecordBatchReader, target: Path) -> int:
    """Write batches as CSV (UTF-8 with BOM); returns the number of rows."""
    with target.open("wb") as file:
        file.write(BOM)
        rows = 0
        with pa_csv.CSVWriter(file, batches.schema, write_options=OPTIONS) as writer:
            for batch in batches:
                writer.write_batch(batch)
                rows += batch.num_rows
    return rows
