"""地区カルテ: one district, for those who live in it."""

from dataclasses import replace

from kyodo_geo.measures.districts.profile import district_profile, without_places
from kyodo_geo.ui import shell
from kyodo_geo.ui.components import district_figures, district_picker, mount, option_bar
from kyodo_geo.ui.pages import activities, district, district_suggestions
from kyodo_geo.ui.state.place_options import PLACE_KEYS


def draw(view: shell.PageView) -> None:
    """Draw the district that the address names, else the ways to choose one."""
    answer = district_picker.receive_town(view.edition)
    district_id = district_picker.chosen(view.edition)
    choices = (option_bar.OF_DISTRICT, option_bar.TOWN)
    if district_id is None:
        view = replace(view, filters=without_places(view.filters))
        answer += district_picker.picker(view.edition)
        shell.top(view, *choices, without=PLACE_KEYS, notes=answer)
        shell.end(view)
        return
    profile = district_profile(view.edition, view.filters, district_id)
    view = replace(view, filters=profile.own_filters)
    notes = (*answer, district.ways_on(profile), district.sheet(profile))
    shell.top(view, *choices, *district_suggestions.choice(), without=PLACE_KEYS, notes=notes)
    with shell.beside():
        mount.draw(view.edition, "kg_profile", *district.overview(view.edition, profile))
        mount.draw(view.edition, "kg_place", district.location_card(view.edition, profile))
    details = district.details(view.edition, profile)
    suggested = district_suggestions.section(view.edition, profile.district)
    mount.draw(view.edition, "kg_below", *details, *suggested)
    mount.draw(view.edition, "kg_record", *activities.record(view.edition, view.filters))
    shell.end(view, district.notes(view.edition, profile))


def picture(view: shell.PageView) -> None:
    """Draw the years of the district alone, for embedding."""
    district_id = district_picker.chosen(view.edition)
    if district_id is None:
        draw(view)
        return
    profile = district_profile(view.edition, view.filters, district_id)
    shell.embedded_top(replace(view, filters=profile.own_filters))
    mount.draw(view.edition, "kg_years", *district_figures.years(profile))
    shell.embedded_end(view)


shell.show("district", draw, picture)
