"""地区の比較: two or three districts side by side."""

from dataclasses import replace

from kyodo_geo.measures.districts.profile import district_profile, without_places
from kyodo_geo.ui import shell
from kyodo_geo.ui.components import mount
from kyodo_geo.ui.pages import compare


def draw(view: shell.PageView) -> None:
    """Draw figures, forms, actors, fields and years of the districts the address names."""
    edition, everywhere = view.edition, without_places(view.filters)
    ids = compare.chosen(edition)
    profiles = [district_profile(edition, everywhere, id_) for id_ in ids]
    view = replace(view, filters=everywhere.but(districts=ids))
    links = (compare.ways_on(profiles),) if profiles else ()
    notes = (*compare.invitation(edition, profiles), *links)
    shell.top(view, without=("region",), notes=notes)
    if profiles:
        found = (*compare.figures(profiles), *compare.mixes(profiles), *compare.years(profiles))
        mount.draw(edition, "kg_compare", *found)
    shell.end(view)


def picture(view: shell.PageView) -> None:
    """Draw the years of the districts alone, for embedding."""
    edition, everywhere = view.edition, without_places(view.filters)
    ids = compare.chosen(edition)
    if not ids:
        draw(view)
        return
    profiles = [district_profile(edition, everywhere, id_) for id_ in ids]
    shell.embedded_top(replace(view, filters=everywhere.but(districts=ids)))
    mount.draw(edition, "kg_compare", *compare.years(profiles))
    shell.embedded_end(view)


shell.show("compare", draw, picture)
