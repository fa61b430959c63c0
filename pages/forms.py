"""協働の形態: in which forms."""

from kyodo_geo.measures.summary import summarise
from kyodo_geo.pictures.options import CLASSES, FORM_PICTURE, METHODS, SHOWN_FORM, VIEW
from kyodo_geo.ui import forms, mapview, options, parts, shell
from kyodo_geo.ui.images import keeping


def draw(view: shell.View) -> None:
    """Map of the forms, chosen place, tables and files."""
    edition, filters = view.edition, view.filters
    shown = options.chosen(FORM_PICTURE)
    form, classes = options.offer(SHOWN_FORM), options.offer_classes()
    items = {"dominant": (), "share": (form, classes), "each": (classes,)}[shown]
    views = () if shown == "each" else (options.offer(VIEW),)
    shell.top(view, options.offer(FORM_PICTURE), *items, *views, options.DISTRICT)
    selected = mapview.selected_district(edition)
    card = (forms.place_card(edition, filters, selected or "ALL"), *keeping("forms-place"))
    if shown == "each":
        method = METHODS[options.chosen(CLASSES)]
        maps = forms.small_maps(edition, filters, method, selected)
        parts.draw(edition, "kg_small_maps", maps, *keeping("forms"), *card)
    else:
        with shell.beside():
            mapview.draw_picture(edition, "forms")
            parts.draw(edition, "kg_card", *card)
    below = (
        forms.form_table(edition, summarise(edition, filters), filters, selected),
        forms.bands(edition, filters, selected or "ALL"),
    )
    parts.draw(edition, "kg_below", *(part for part in below if part))
    shell.end(view, *forms.form_notes(edition))


def picture(view: shell.View) -> None:
    """The map or the six maps alone, as they are embedded elsewhere."""
    shell.embedded_top(view)
    if options.chosen(FORM_PICTURE) == "each":
        method = METHODS[options.chosen(CLASSES)]
        selected = mapview.selected_district(view.edition)
        maps = forms.small_maps(view.edition, view.filters, method, selected)
        parts.draw(view.edition, "kg_small_maps", maps)
    else:
        mapview.draw_picture(view.edition, "forms")
    shell.embedded_end(view, has_map=True)


shell.show("forms", draw, picture)
