"""協働の密度: in which district, and how much."""

from kyodo_geo.graphics.image_options import MEASURE, VIEW
from kyodo_geo.measures.places.density import MEASURES, Drawing, measure_places
from kyodo_geo.ui import shell
from kyodo_geo.ui.components import map_panel, mount, option_bar
from kyodo_geo.ui.components.image_buttons import image_buttons
from kyodo_geo.ui.pages import density


def draw(view: shell.PageView) -> None:
    """Draw map, chosen place, table and files of one measure."""
    measure = MEASURES[option_bar.chosen(MEASURE)]
    shell.top(
        view,
        option_bar.option_item(MEASURE),
        option_bar.class_option_item(disabled=measure.drawing is Drawing.CIRCLE),
        option_bar.option_item(VIEW),
        option_bar.DISTRICT,
    )
    selected = map_panel.selected_district(view.edition)
    measured = measure_places(view.edition, view.filters, measure)
    with shell.beside():
        map_panel.draw_map_panel(view.edition, "density")
        card = density.place_card(view.edition, view.filters, measured, selected)
        mount.draw(view.edition, "kg_card", card, *image_buttons("density-place"))
    mount.draw(view.edition, "kg_below", density.density_table(measured, selected))
    shell.end(view, density.density_notes(view.edition, measured))


def picture(view: shell.PageView) -> None:
    """Draw the map alone, for embedding."""
    shell.embedded_top(view)
    map_panel.draw_map_panel(view.edition, "density")
    shell.embedded_end(view, has_map=True)


shell.show("density", draw, picture)
