"""協働の主体: with whom."""

from kyodo_geo.graphics.image_options import ACTOR_PICTURE, SHOWN_ACTOR, VIEW
from kyodo_geo.measures.places.summary import summarise
from kyodo_geo.ui import shell
from kyodo_geo.ui.components import map_panel, mount, option_bar
from kyodo_geo.ui.components.image_buttons import image_buttons
from kyodo_geo.ui.pages import actors


def draw(view: shell.PageView) -> None:
    """Draw the map of the actor types, the chosen place, tables and files."""
    edition, filters = view.edition, view.filters
    shows_share = option_bar.chosen(ACTOR_PICTURE) == "share"
    shell.top(
        view,
        option_bar.option_item(ACTOR_PICTURE),
        *((option_bar.option_item(SHOWN_ACTOR),) if shows_share else ()),
        option_bar.class_option_item(),
        option_bar.option_item(VIEW),
        option_bar.DISTRICT,
    )
    selected = map_panel.selected_district(edition)
    place_id = selected or "ALL"
    with shell.beside():
        map_panel.draw_map_panel(edition, "actors")
        card = actors.place_card(edition, filters, place_id)
        mount.draw(edition, "kg_card", card, *image_buttons("actors-place"))
    mount.draw(
        edition,
        "kg_below",
        actors.actor_table(edition, summarise(edition, filters), filters, selected),
        *actors.together(edition, filters, place_id),
        *actors.organisation_list(edition, filters, place_id),
    )
    shell.end(view, actors.actor_notes(edition))


def picture(view: shell.PageView) -> None:
    """Draw the map alone, for embedding."""
    shell.embedded_top(view)
    map_panel.draw_map_panel(view.edition, "actors")
    shell.embedded_end(view, has_map=True)


shell.show("actors", draw, picture)
