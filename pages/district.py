"""地区カルテ: one district, for those who live in it."""

from dataclasses import replace

from kyodo_geo.measures.profile import district_profile, without_places
from kyodo_geo.ui import (
    activities,
    district,
    district_choice,
    district_figures,
    hints,
    options,
    parts,
    shell,
)
from kyodo_geo.ui.place_pages import PLACE_KEYS


def draw(view: shell.View) -> None:
    """The district that the address names, else the ways to choose one."""
    answer = district_choice.hear_town(view.edition)
    district_id = district_choice.chosen(view.edition)
    choices = (options.OF_DISTRICT, options.TOWN)
    if district_id is None:
        view = replace(view, filters=without_places(view.filters))
        answer += district_choice.picker(view.edition)
        shell.top(view, *choices, without=PLACE_KEYS, notes=answer)
        shell.end(view)
        return
    profile = district_profile(view.edition, view.filters, district_id)
    view = replace(view, filters=profile.own_filters)
    notes = (*answer, district.ways_on(profile), district.sheet(profile))
    shell.top(view, *choices, *hints.choice(), without=PLACE_KEYS, notes=notes)
    with shell.beside():
        parts.draw(view.edition, "kg_profile", *district.overview(view.edition, profile))
        parts.draw(view.edition, "kg_place", district.location_card(view.edition, profile))
    details = district.details(view.edition, profile)
    suggested = hints.section(view.edition, profile.district)
    parts.draw(view.edition, "kg_below", *details, *suggested)
    parts.draw(view.edition, "kg_record", *activities.record(view.edition, view.filters))
    shell.end(view, district.notes(view.edition, profile))


def picture(view: shell.View) -> None:
    """The years of the district alone, as they are embedded elsewhere."""
    district_id = district_choice.chosen(view.edition)
    if district_id is None:
        draw(view)
        return
    profile = district_profile(view.edition, view.filters, district_id)
    shell.embedded_top(replace(view, filters=profile.own_filters))
    parts.draw(view.edition, "kg_years", *district_figures.years(profile))
    shell.embedded_end(view)


shell.show("district", draw, picture)
