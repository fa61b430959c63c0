"""Colours: one hue from light to dark for amounts, one fixed colour a form and an actor type.

Categorical colours follow Okabe and Ito's set for colour-vision differences; each term
also has a mark (vocabulary.Term.mark), so that colour never stands alone.
"""

from __future__ import annotations

from kyodo_geo.vocabulary import ActorType, Form, Grade, Scope

SEQUENTIAL: tuple[str, ...] = ("#dbe9f6", "#a6cbe3", "#5fa2ce", "#2a70b0", "#0b3c7a")
"""Light to dark; the first of n colours is always the lightest, the last the darkest."""

ZERO = "#ffffff"
MISSING = "#d9d9d9"
MISSING_HATCH = "#8c8c8c"
OUTLINE = "#6b7280"
SELECTED = "#c2410c"
CIRCLE = "#2a70b0"
LAND = "#f3f4f6"
TIE = "#9ca3af"

FORM_COLOURS: dict[Form, str] = {
    Form.CO_HOSTING: "#0072b2",
    Form.COMMITTEE: "#e69f00",
    Form.AGREEMENT: "#009e73",
    Form.ENDORSEMENT: "#cc79a7",
    Form.SUBSIDY: "#56b4e9",
    Form.COMMISSION: "#d55e00",
    Form.UNKNOWN: "#d1d5db",
}

ACTOR_COLOURS: dict[ActorType, str] = {
    ActorType.INDIVIDUAL: "#56b4e9",
    ActorType.LOCAL_GROUP: "#009e73",
    ActorType.CIVIC_GROUP: "#cc79a7",
    ActorType.BUSINESS: "#e69f00",
    ActorType.SCHOOL: "#d55e00",
    ActorType.CITY: "#0072b2",
}

SCOPE_COLOURS: dict[Scope, str] = {
    Scope.CITIZEN_ONLY: "#f3f4f6",
    Scope.A: "#bfe3d0",
    Scope.B: "#7cc0a2",
    Scope.C: "#a9c9e8",
    Scope.CITY_ONLY: "#e5e7eb",
    Scope.UNDETERMINED: "#d1d5db",
}

GRADE_COLOURS: dict[Grade, str] = {
    Grade.NOT_DONE: "#d55e00",
    Grade.LITTLE_DONE: "#f5c396",
    Grade.MOSTLY_DONE: "#a6cbe3",
    Grade.WELL_DONE: "#2a70b0",
}


def sequential(count: int) -> tuple[str, ...]:
    """`count` colours (1 to 5) spread over the whole range from light to dark."""
    last = len(SEQUENTIAL) - 1
    if count == 1:
        return (SEQUENTIAL[2],)
    return tuple(SEQUENTIAL[round(n * last / (count - 1))] for n in range(count))


def ink_on(colour: str) -> str:
    """Black or white, whichever reads better on `colour` (WCAG relative luminance)."""
    return "#ffffff" if contrast(colour, "#ffffff") > contrast(colour, "#1f2937") else "#1f2937"


def contrast(first: str, second: str) -> float:
    """Contrast ratio of two colours, 1 to 21. Source: WCAG 2.2, 1.4.3."""
    lighter, darker = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    channels = (int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5))
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
