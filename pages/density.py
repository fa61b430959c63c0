"""協働の密度: in which district, and how much."""

from kyodo_geo.measures.density import MEASURES, Drawing, measure_places
from kyodo_geo.ui import density, mapview, options, parts, shell
from kyodo_geo.ui.exports import export_panel
from kyodo_geo.ui.pictures import density_picture


def draw(view: shell.View) -> None:
    """Map, chosen place, table and files of one measure."""
    measure = MEASURES[options.MEASURE.chosen]
    method = options.chosen_method()
    shell.top(
        view,
        options.offer(options.MEASURE),
        options.offer_classes(disabled=measure.drawing is Drawing.CIRCLE),
        options.offer(options.VIEW),
        options.DISTRICT,
    )
    selected = mapview.selected_district(view.edition)
    measured = measure_places(view.edition, view.filters, measure)
    with shell.beside():
        picture = density_picture(measured, method)
        notes = density.legend_notes(measured, method)
        mapview.draw_picture(view.edition, picture, measure.unit, notes)
        card = density.place_card(view.edition, view.filters, measured, selected)
        parts.draw("kg_card", card)
    parts.draw("kg_below", density.density_table(measured, selected))
    parts.draw("kg_notes", density.density_notes(view.edition, measured))
    parts.draw("kg_files", export_panel())


shell.show("density", draw)
