"""協働の形態: in which forms."""

from kyodo_geo.graphics.image_options import CLASSES, FORM_PICTURE, METHODS, SHOWN_FORM, VIEW
from kyodo_geo.measures.places.summary import summarise
from kyodo_geo.ui import shell
from kyodo_geo.ui.components import map_panel, mount, option_bar
from kyodo_geo.ui.components.image_buttons import image_buttons
from kyodo_geo.ui.pages import forms


def draw(view: shell.PageView) -> None:
    """Draw the map of the forms, the chosen place, tables and files."""
    edition, filters = view.edition, view.filters
    shown = option_bar.chosen(FORM_PICTURE)
    form, classes = option_bar.option_item(SHOWN_FORM), option_bar.class_option_item()
    items = {"dominant": (), "share": (form, classes), "each": (classes,)}[shown]
    views = () if shown == "each" else (option_bar.option_item(VIEW),)
    shell.top(view, option_bar.option_item(FORM_PICTURE), *items, *views, option_bar.DISTRICT)
    selected = map_panel.selected_district(edition)
    card = (forms.place_card(edition, filters, selected or "ALL"), *image_buttons("forms-place"))
    if shown == "each":
        method = METHODS[option_bar.chosen(CLASSES)]
        maps = forms.small_maps(edition, filters, method, selected)
        mount.draw(edition, "kg_small_maps", maps, *image_buttons("forms"), *card)
    else:
        with shell.beside():
            map_panel.draw_map_panel(edition, "forms")
            mount.draw(edition, "kg_card", *card)
    below = (
        forms.form_table(edition, summarise(edition, filters), filters, selected),
        forms.bands(edition, filters, selected or "ALL"),
    )
    mount.draw(edition, "kg_below", *(part for part in below if part))
    shell.end(view, *forms.form_notes(edition))


def picture(view: shell.PageView) -> None:
    """Draw the map or the six maps alone, for embedding."""
    shell.embedded_top(view)
    if option_bar.chosen(FORM_PICTURE) == "each":
        method = METHODS[option_bar.chosen(CLASSES)]
        selected = map_panel.selected_district(view.edition)
        maps = forms.small_maps(view.edition, view.filters, method, selected)
        mount.draw(view.edition, "kg_small_maps", maps)
    else:
        map_panel.draw_map_panel(view.edition, "forms")
    shell.embedded_end(view, has_map=True)


shell.show("forms", draw, picture)
