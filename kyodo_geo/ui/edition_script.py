"""What a browser loads once an edition: shapes, places, terms, and what can be chosen."""

from __future__ import annotations

import json
from typing import Any

from kyodo_geo.editions import Edition
from kyodo_geo.export import FORMATS
from kyodo_geo.maps import palette
from kyodo_geo.maps.geometry import geometry
from kyodo_geo.measures.geography import district_boundaries
from kyodo_geo.text import fiscal_year_label
from kyodo_geo.ui import filters, options
from kyodo_geo.vocabulary import ActorType, Form, Scope, Term

FILES_NOTE = (
    "いまの絞り込みの活動を書き出します。ZIPには項目定義書・コード表・説明が入ります。"
    "ライセンスは CC BY 4.0 です。"
)


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
            "form": [_term(form, palette.FORM_COLOURS[form]) for form in Form],
            "actor": [_term(actor, palette.ACTOR_COLOURS[actor]) for actor in ActorType],
            "scope": [_term(scope, palette.SCOPE_COLOURS[scope]) for scope in Scope],
        },
        "filters": filters.groups(edition),
        "options": options.cards(edition),
        "files": [{"id": name, "label": form.label} for name, form in FORMATS.items()],
        "files_note": FILES_NOTE,
    }
    return f"window.KYODO_EDITION = {json.dumps(content, ensure_ascii=False)};\n"


def _term(term: Term, colour: str) -> dict[str, Any]:
    return {
        "label": term.label,
        "mark": term.mark,
        "colour": colour,
        "ink": palette.ink_on(colour),
    }
