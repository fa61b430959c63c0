"""What a browser loads once an edition: shapes, places, terms, and what can be chosen."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from kyodo_geo.editions import Edition
from kyodo_geo.export import FORMATS
from kyodo_geo.guideline.guide_text import shipped_guide
from kyodo_geo.japanese import fiscal_year_label
from kyodo_geo.maps import palette
from kyodo_geo.maps.geometry import geometry
from kyodo_geo.measures.places.district_shapes import district_boundaries
from kyodo_geo.ui.components import (
    filter_bar,
    form_choice,
    image_buttons,
    option_bar,
)
from kyodo_geo.ui.components.parts import wire
from kyodo_geo.ui.components.prose import term_key
from kyodo_geo.vocabulary import VOCABULARIES, Term, vocabulary_of

FILES_NOTE = (
    "いまの絞り込みの活動を書き出します。ZIPには項目定義書・コード表・説明が入ります。"
    "ライセンスは CC BY 4.0 です。"
)

COLOURS: dict[str, Mapping[Any, str]] = {
    "form": palette.FORM_COLOURS,
    "actor": palette.ACTOR_COLOURS,
    "scope": palette.SCOPE_COLOURS,
    "grade": palette.GRADE_COLOURS,
}
"""Colours by vocabulary; the terms of others have none of their own."""


def edition_script(edition: Edition) -> str:
    """JavaScript that sets `window.KYODO_EDITION`; the same for all views of an edition."""
    content = {
        **geometry(district_boundaries(edition), edition.districts),
        "places": [
            {"id": p.place_id, "kind": p.kind, "label": p.label, "region": p.region}
            for p in edition.places
        ],
        "years": {year: fiscal_year_label(year) for year in edition.fiscal_years},
        "terms": {
            name: [_term(term) for term in vocabulary] for name, vocabulary in VOCABULARIES.items()
        },
        "filters": filter_bar.groups(edition),
        "options": option_bar.choices(edition) | form_choice.question_choices(edition),
        "pictures": image_buttons.cards(),
        "files": [{"id": name, "label": form.label} for name, form in FORMATS.items()],
        "files_note": FILES_NOTE,
    }
    return f"window.KYODO_EDITION = {json.dumps(content, ensure_ascii=False, default=wire)};\n"


def _term(term: Term) -> dict[str, Any]:
    """A term with its look, its definition and the part of the guide that explains it."""
    colour = COLOURS.get(vocabulary_of(term), {}).get(term, palette.PLAIN)
    return {
        "key": term_key(term),
        "id": str(term),
        "label": term.label,
        "definition": term.definition,
        "part": shipped_guide().part_of(term),
        "mark": term.mark,
        "colour": colour,
        "ink": palette.ink_on(colour),
    }
