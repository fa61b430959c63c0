"""協働の主体: with whom."""

from kyodo_geo.measures.density import MEASURES, measure_places
from kyodo_geo.measures.summary import summarise
from kyodo_geo.ui import actors, mapview, options, parts, shell
from kyodo_geo.ui.exports import export_panel
from kyodo_geo.ui.pictures import actor_share_picture, density_picture
from kyodo_geo.vocabulary import ActorType


def draw(view: shell.View) -> None:
    """Map of the actor types, chosen place, tables and files."""
    edition, filters = view.edition, view.filters
    shows_share = options.ACTOR_PICTURE.chosen == "share"
    method = options.chosen_method()
    shell.top(
        view,
        options.offer(options.ACTOR_PICTURE),
        *((options.offer(options.SHOWN_ACTOR),) if shows_share else ()),
        options.offer_classes(),
        options.offer(options.VIEW),
        options.DISTRICT,
    )
    selected = mapview.selected_district(edition)
    place_id = selected or "ALL"
    with shell.beside():
        if shows_share:
            actor = ActorType.of(options.SHOWN_ACTOR.chosen)
            profiles = actors.district_profiles(edition, filters)
            picture = actor_share_picture(profiles, actor, method)
            mapview.draw_picture(edition, picture, "％", (actors.SHARE_NOTE,))
        else:
            kinds = measure_places(edition, filters, MEASURES["actor_kinds"])
            mapview.draw_picture(edition, density_picture(kinds, method), "種類")
        parts.draw("kg_card", actors.place_card(edition, filters, place_id))
    parts.draw(
        "kg_below",
        actors.actor_table(edition, summarise(edition, filters), filters, selected),
        actors.together(edition, filters, place_id),
        *actors.organisation_list(edition, filters, place_id),
    )
    parts.draw("kg_notes", actors.actor_notes(edition))
    parts.draw("kg_files", export_panel())


shell.show("actors", draw)
