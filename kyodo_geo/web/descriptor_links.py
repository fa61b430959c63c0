"""Descriptions of downloads by address: behind the address of the file, with an ending more.

A description asks for the same view as its file, and names the file as it is found from there.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote

from kyodo_geo.editions import Edition
from kyodo_geo.export.metadata.descriptors import (
    STANDARDS,
    Standard,
    json_text,
    standards_for,
)
from kyodo_geo.export.schema.tables import TableSchema, with_path
from kyodo_geo.model import Filters

EXPORTS = "/kyodo/export"
"""Where the pages have the files of a view, by format."""

ADDRESS_SIGNS = ":/@[]%~!$&'()*+,;=?"


@dataclass(frozen=True)
class Download:
    """One file by address: the view it shows, the tables in it, and the query it was asked by."""

    edition: Edition
    filters: Filters
    tables: Sequence[TableSchema]
    address: str
    query: str = ""

    def description(self, standard: Standard) -> str:
        """What describes the file, as JSON. The whole table goes by its name, so that it may be
        saved beside its description; a view has nothing but its address.
        """
        name = self.address.rpartition("/")[2]
        tables = with_path(self._address() if self.query else name, self.tables)
        return json_text(standard.describe(self.edition, self.filters, tables, None))

    def links(self) -> list[str]:
        """Where the descriptions are, as values of the header `Link`.

        CSVW comes first: its clients take the first or the last that they understand.
        """
        return [
            f'<{self._address(one.ending)}>; rel="describedby"; type="{one.media_type}"'
            for one in standards_for(self.tables)
        ]

    @property
    def link_back(self) -> str:
        """Where the file is, as the value of the header `Link` of its descriptions (RFC 6892)."""
        return f'<{self._address()}>; rel="describes"'

    def _address(self, ending: str = "") -> str:
        # As it was asked for, so that a client finds in it what it asked for.
        query = f"?{self.query}" if self.query else ""
        return quote(f"{self.address}{ending}{query}", safe=ADDRESS_SIGNS)


def split_standard(name: str) -> tuple[str, Standard | None]:
    """The name of a file, and by which standard it is to be described; None: itself is meant."""
    for standard in STANDARDS:
        if name.endswith(standard.ending):
            return name.removesuffix(standard.ending), standard
    return name, None
