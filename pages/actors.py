"""協働の主体: with whom."""

from kyodo_geo.measures.summary import summarise
from kyodo_geo.pictures.options import ACTOR_PICTURE, SHOWN_ACTOR, VIEW
from kyodo_geo.ui import actors, mapview, options, parts, shell
from kyodo_geo.ui.images import keeping


def draw(view: shell.View) -> None:
    """Map of the actor types, chosen place, tables and files."""
    edition, filters = view.edition, view.filters
    shows_share = options.chosen(ACTOR_PICTURE) == "share"
    shell.top(
        view,
        options.offer(ACTOR_PICTURE),
        *((options.offer(SHOWN_ACTOR),) if shows_share else ()),
        options.offer_classes(),
        options.offer(VIEW),
        options.DISTRICT,
    )
    selected = mapview.selected_district(edition)
    place_id = selected or "ALL"
    with shell.beside():
        mapview.draw_picture(edition, "actors")
        card = actors.place_card(edition, filters, place_id)
        parts.draw(edition, "kg_card", card, *keeping("actors-place"))
    parts.draw(
        edition,
        "kg_below",
        actors.actor_table(edition, summarise(edition, filters), filters, selected),
        *actors.together(edition, filters, place_id),
        *actors.organisation_list(edition, filters, place_id),
    )
    shell.end(view, actors.actor_notes(edition))


def picture(view: shell.View) -> None:
    """The map alone, as it is embedded elsewhere."""
    shell.embedded_top(view)
    mapview.draw_picture(view.edition, "actors")
    shell.embedded_end(view, has_map=True)


shell.show("actors", draw, picture)
