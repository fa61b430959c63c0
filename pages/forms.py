"""協働の形態: in which forms."""

from kyodo_geo.measures.summary import summarise
from kyodo_geo.ui import forms, mapview, options, parts, shell
from kyodo_geo.ui.exports import export_panel
from kyodo_geo.ui.pictures import dominant_form_picture, form_share_picture
from kyodo_geo.vocabulary import Form


def draw(view: shell.View) -> None:
    """Map of the forms, chosen place, tables and files."""
    edition, filters = view.edition, view.filters
    shown = options.FORM_PICTURE.chosen
    method = options.chosen_method()
    form, classes = options.offer(options.SHOWN_FORM), options.offer_classes()
    items = {"dominant": (), "share": (form, classes), "each": (classes,)}[shown]
    views = () if shown == "each" else (options.offer(options.VIEW),)
    shell.top(view, options.offer(options.FORM_PICTURE), *items, *views, options.DISTRICT)
    selected = mapview.selected_district(edition)
    profiles = forms.district_profiles(edition, filters)
    card = forms.place_card(edition, filters, selected or "ALL")
    if shown == "each":
        parts.draw("kg_small_maps", forms.small_maps(profiles, method, selected), card)
    else:
        with shell.beside():
            if shown == "dominant":
                picture = dominant_form_picture(profiles)
                mapview.draw_picture(edition, picture, "", forms.dominant_notes(profiles))
            else:
                picture = form_share_picture(profiles, Form.of(options.SHOWN_FORM.chosen), method)
                mapview.draw_picture(edition, picture, "％", (forms.SHARE_NOTE,))
            parts.draw("kg_card", card)
    below = (
        forms.form_table(edition, summarise(edition, filters), filters, selected),
        forms.bands(edition, filters, selected or "ALL"),
    )
    parts.draw("kg_below", *(part for part in below if part))
    parts.draw("kg_notes", *forms.form_notes(edition))
    parts.draw("kg_files", export_panel())


shell.show("forms", draw)
