"""The form an activity is written in: one widget a field, with the guideline's words as help."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import streamlit as st

from kyodo_geo.editions import Edition
from kyodo_geo.imports.activities.form_entry import SECTIONS, EntryField, FieldKind, choices
from kyodo_geo.vocabulary import KNOWN_FORMS, ActorType, Field, Scope, Status, Term

SEPARATOR = ";"
UNSAID = "（空欄）"
COLUMNS = 2

TERMS: Mapping[str, Iterable[Term]] = {
    "actors": ActorType,
    "forms_stated": KNOWN_FORMS,
    "forms_implied": KNOWN_FORMS,
    "scopes": [scope for scope in Scope if scope is not Scope.UNDETERMINED],
    "field": Field,
    "status": Status,
}
"""The vocabularies whose definitions stand in the help of a field."""


def entry_form(edition: Edition, texts: Mapping[str, str], key: str) -> dict[str, str] | None:
    """Draw the form filled in with `texts`; return its texts once it is sent, None until then.

    A form with another `key` starts from `texts` anew.
    """
    offered = choices(edition)
    found: dict[str, str] = {}
    with st.form(key, enter_to_submit=False, border=False):
        for title, fields in SECTIONS.items():
            st.html(f'<h3 class="kg-fieldset">{title}</h3>')
            for row in _rows(fields):
                for place, field in zip(st.columns(len(row)), row, strict=True):
                    with place:
                        text = texts.get(field.name, "")
                        options = offered.get(field.name, ())
                        found[field.name] = _widget(edition, field, text, options, key)
        is_sent = st.form_submit_button("確かめる", type="primary")
    return found if is_sent else None


def place_name(edition: Edition, place_id: str) -> str:
    """Name a district with its id, e.g. 花北（C03）; an unknown id stays as it is."""
    place = edition.place_by_id.get(place_id)
    return f"{place.label}（{place_id}）" if place else place_id


def _rows(fields: Sequence[EntryField]) -> list[list[EntryField]]:
    """Lay out short fields COLUMNS a row, long and required ones alone."""
    rows: list[list[EntryField]] = []
    for field in fields:
        if rows and len(rows[-1]) < COLUMNS and _is_short(field) and _is_short(rows[-1][0]):
            rows[-1].append(field)
        else:
            rows.append([field])
    return rows


def _is_short(field: EntryField) -> bool:
    return field.kind in (FieldKind.LINE, FieldKind.ONE) and not field.is_required


def _widget(
    edition: Edition, field: EntryField, text: str, offered: Sequence[str], form: str
) -> str:
    """Draw one field, and return its text as the export would write it."""
    label = field.label + ("（必須）" if field.is_required else "")
    key, advice = f"{form}_{field.name}", _help(field)
    if field.kind is FieldKind.ONE:
        options = [*dict.fromkeys(["", *offered, text])]
        index = options.index(text)
        return st.selectbox(
            label,
            options,
            index,
            key=key,
            help=advice,
            placeholder="選んでください",
            format_func=lambda one: one or UNSAID,
        )
    if field.kind is FieldKind.SEVERAL:
        chosen = [part for part in text.split(SEPARATOR) if part]
        options = [*dict.fromkeys([*offered, *chosen])]
        picked = st.multiselect(
            label,
            options,
            chosen,
            key=key,
            help=advice,
            placeholder="選んでください",
            select_all=False,
            format_func=lambda one: place_name(edition, one),
        )
        return SEPARATOR.join(sorted(picked, key=options.index))
    if field.kind is FieldKind.LINES:
        lines = st.text_area(label, text.replace(SEPARATOR, "\n"), key=key, help=advice)
        return SEPARATOR.join(filter(None, map(str.strip, lines.splitlines())))
    if field.kind is FieldKind.PROSE:
        return st.text_area(label, text, key=key, help=advice)
    example = f"例: {field.example}" if field.example else None
    return st.text_input(label, text, key=key, help=advice, placeholder=example)


def _help(field: EntryField) -> str:
    terms = [f"- **{term.label}** {term.definition}" for term in TERMS.get(field.name, ())]
    return "\n".join([field.help, "", *terms])
