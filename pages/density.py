"""協働の密度: in which district, and how much."""

from kyodo_geo.measures.density import MEASURES, Drawing, measure_places
from kyodo_geo.pictures.options import MEASURE, VIEW
from kyodo_geo.ui import density, mapview, options, parts, shell
from kyodo_geo.ui.images import keeping


def draw(view: shell.View) -> None:
    """Map, chosen place, table and files of one measure."""
    measure = MEASURES[options.chosen(MEASURE)]
    shell.top(
        view,
        options.offer(MEASURE),
        options.offer_classes(disabled=measure.drawing is Drawing.CIRCLE),
        options.offer(VIEW),
        options.DISTRICT,
    )
    selected = mapview.selected_district(view.edition)
    measured = measure_places(view.edition, view.filters, measure)
    with shell.beside():
        mapview.draw_picture(view.edition, "density")
        card = density.place_card(view.edition, view.filters, measured, selected)
        parts.draw(view.edition, "kg_card", card, *keeping("density-place"))
    parts.draw(view.edition, "kg_below", density.density_table(measured, selected))
    shell.end(view, density.density_notes(view.edition, measured))


def picture(view: shell.View) -> None:
    """The map alone, as it is embedded elsewhere."""
    shell.embedded_top(view)
    mapview.draw_picture(view.edition, "density")
    shell.embedded_end(view, has_map=True)


shell.show("density", draw, picture)
