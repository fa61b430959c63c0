"""The view a picture is made of, and what every picture says of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from kyodo_geo.city import city
from kyodo_geo.editions import Edition
from kyodo_geo.errors import FilterError
from kyodo_geo.export.metadata.manifest import LICENCE
from kyodo_geo.export.writers.geojson import attribution
from kyodo_geo.graphics.image_options import Texts
from kyodo_geo.measures.places.description import describe_view
from kyodo_geo.model import Filters

RECORD = "公開資料による活動の記録"
FEW_RECORDS_NOTE = "件数の少なさは、活動の少なさを意味しません。"
FICTIONAL = "架空データです。実際の活動ではありません。"


@dataclass(frozen=True)
class GraphicContext:
    """An edition under filters; `texts` are those of the address, the choices of a page too.

    `day` is today: what is over depends on it. `base_address` is where people reach the
    dashboard; empty where nobody knows.
    """

    edition: Edition
    filters: Filters
    day: date
    texts: Texts = field(default_factory=dict)
    base_address: str = ""

    @property
    def sentence(self) -> str:
        """What is shown, with the 実件数."""
        return describe_view(self.edition, self.filters)

    @property
    def place_id(self) -> str:
        """The district that is selected, else the whole city."""
        wanted = self.text("select")
        return wanted if wanted in self.edition.district_by_id else "ALL"

    @property
    def place_name(self) -> str:
        """Its name as a title has it."""
        found = self.edition.district_by_id.get(self.place_id)
        return found.full_name if found else "市全体"

    def text(self, name: str) -> str:
        """What the address says last under a name; empty where it says nothing."""
        return (self.texts.get(name) or [""])[-1]

    def districts(self, most: int) -> tuple[str, ...]:
        """The districts that the filters name. Raises FilterError for none, or too many."""
        known = self.edition.district_by_id
        ids = tuple(id_ for id_ in self.filters.districts if id_ in known)
        if not ids:
            given = [self.edition.place_by_id[id_].label for id_ in self.filters.districts]
            found = (
                f"「{'、'.join(given)}」は地区ではありません"
                if given
                else "地区が指定されていません"
            )
            raise FilterError("地区", found, "地区を選んでください（例: C03）")
        if len(ids) > most:
            raise FilterError(
                "地区", f"{len(ids)}地区が指定されています", f"この図にできるのは{most}地区までです"
            )
        return ids

    def foot(self, *, has_map: bool = False, source: str = "") -> tuple[str, ...]:
        """Source, edition, licence and address below a picture."""
        address = (f"Kyodo Geo　{self.base_address}",) if self.base_address else ()
        return (*foot(self.edition, has_map=has_map, source=source), *address)


def foot(edition: Edition, *, has_map: bool = False, source: str = "") -> tuple[str, ...]:
    """Source, edition, boundaries and licence; that the data are made up, where they are.

    Where the source is not the record of activities, `source` names it.
    """
    few = "" if source else FEW_RECORDS_NOTE
    fictional = (FICTIONAL,) if edition.info.is_fictional else ()
    return (
        *fictional,
        f"出典: {source or RECORD}　{city().title} {edition.info.label}　{few}".rstrip(),
        *((f"境界: {attribution(edition)}",) if has_map else ()),
        f"ライセンス: {LICENCE}",
    )
