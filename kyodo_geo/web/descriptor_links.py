"""Descriptions of downloads: at the file's address with a further ending (decision 47).

A description has the view of its file, and refers to the file by an address relative to itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote

from kyodo_geo.editions import Edition
from kyodo_geo.export.metadata.descriptors import STANDARDS, Standard, json_text, standards_for
from kyodo_geo.export.schema.tables import TableSchema, with_path
from kyodo_geo.model import Filters

EXPORTS = "/kyodo/export"
"""Address of the pages' exports; the format follows."""

ADDRESS_SIGNS = ":/@[]%~!$&'()*+,;=?"


@dataclass(frozen=True)
class Download:
    """A file by address: its view, the tables in it, and the query it was requested with."""

    edition: Edition
    filters: Filters
    tables: Sequence[TableSchema]
    address: str
    query: str = ""

    def description(self, standard: Standard) -> str:
        """Return the description of the file as JSON.

        The whole table goes by its name, so that it may be saved beside its description; a view
        has nothing but its address.
        """
        name = self.address.rpartition("/")[2]
        tables = with_path(self._address() if self.query else name, self.tables)
        return json_text(standard.describe(self.edition, self.filters, tables, None))

    def links(self) -> list[str]:
        """Return the addresses of the descriptions as values of the header `Link`."""
        # CSVW comes first: its clients take the first or the last that they understand.
        return [
            f'<{self._address(one.ending)}>; rel="describedby"; type="{one.media_type}"'
            for one in standards_for(self.tables)
        ]

    @property
    def link_back(self) -> str:
        """The value of the header `Link` from a description to its file (RFC 6892)."""
        return f'<{self._address()}>; rel="describes"'

    def _address(self, ending: str = "") -> str:
        # As it was asked for, so that a client finds in it what it asked for.
        query = f"?{self.query}" if self.query else ""
        return quote(f"{self.address}{ending}{query}", safe=ADDRESS_SIGNS)


def split_standard(name: str) -> tuple[str, Standard | None]:
    """Split the ending of a description off a name; None: the name is that of the file itself."""
    for standard in STANDARDS:
        if name.endswith(standard.ending):
            return name.removesuffix(standard.ending), standard
    return name, None
