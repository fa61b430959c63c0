"""The marks of a workbook: formulas, colours, merged and hidden cells, drawings."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

from kyodo_geo.machine_readability.ods_features import ods_marks
from kyodo_geo.machine_readability.workbook_features import Marks
from kyodo_geo.machine_readability.xlsx_features import xlsx_marks
from kyodo_geo.tabular.file_types import DAMAGES
from kyodo_geo.tabular.finding_kinds import FileFinding
from kyodo_geo.tabular.findings import FileRefused

OPEN_DOCUMENT = "content.xml"


def is_ods(content: bytes) -> bool:
    """Whether a workbook that may be opened is one of OpenDocument."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return OPEN_DOCUMENT in archive.namelist()


def read_marks(content: bytes) -> Mapping[str, Marks] | None:
    """The marks of a workbook by sheet; None for one whose parts are no XML (.xlsb).

    Raises FileRefused where it can't be read.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = set(archive.namelist())
            if OPEN_DOCUMENT in names:
                return ods_marks(archive)
            if "xl/workbook.xml" not in names:
                return None
            return xlsx_marks(archive)
    except (*DAMAGES, RuntimeError) as error:
        raise FileRefused(FileFinding.DAMAGED) from error
