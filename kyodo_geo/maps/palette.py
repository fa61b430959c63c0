"""Colours: one hue from light to dark for amounts, one fixed colour a form and an actor type.

Any two colours of a set differ for every kind of colour vision and in greyscale, and every
colour is at least 3:1 from the line around it (`LINE`); tests/maps/test_palettes.py computes both.
Each term also has a mark (vocabulary.Term.mark), so that colour never stands alone.
"""

from __future__ import annotations

from kyodo_geo.vocabulary import ActorType, Form, Grade, Scope

SEQUENTIAL: tuple[str, ...] = ("#d6e8f5", "#99c7e7", "#61a8d7", "#2389c6", "#006aad")
"""Light to dark; the first of n colours is always the lightest, the last the darkest.
None is so dark that it would not stand out from `LINE`."""

LINE = "#111827"
"""Around every area: parts neighbours whose colours alone would not."""

LIGHT_INK, DARK_INK, SOFT_INK = "#ffffff", "#111827", "#4b5563"

ZERO = "#ffffff"
MISSING = "#d9d9d9"
MARKED = "#f97316"
"""Around what is selected, inside a line of `LINE`."""

PLAIN = "#e5e7eb"
"""Of a term without a colour of its own."""

BEFORE, AFTER, LARGE = "#6b7280", "#0b3c7a", "#fbd5a5"
"""Boundaries in force, new ones, and districts that differ much between them."""

CIRCLE = "#006aad"
LAND = "#f3f4f6"
HATCH_GROUND, HATCH_LINE = "#e5e7eb", "#7a7a7a"
TIE = "#dadde0"

_BLUE, _ORANGE, _GREEN = "#0574b1", "#de930e", "#26a574"
_PINK, _SKY, _VERMILION = "#e7a0c8", "#a5cbff", "#d55b21"
"""The hues of Okabe and Ito's set, with a lightness of its own for each."""

FORM_COLOURS: dict[Form, str] = {
    Form.CO_HOSTING: _BLUE,
    Form.COMMITTEE: _ORANGE,
    Form.AGREEMENT: _GREEN,
    Form.ENDORSEMENT: _PINK,
    Form.SUBSIDY: _SKY,
    Form.COMMISSION: _VERMILION,
    Form.UNKNOWN: "#dadde0",
}

ACTOR_COLOURS: dict[ActorType, str] = {
    ActorType.INDIVIDUAL: _SKY,
    ActorType.LOCAL_GROUP: _GREEN,
    ActorType.CIVIC_GROUP: _PINK,
    ActorType.BUSINESS: _ORANGE,
    ActorType.SCHOOL: _VERMILION,
    ActorType.CITY: _BLUE,
}

SCOPE_COLOURS: dict[Scope, str] = {
    Scope.CITIZEN_ONLY: "#ffffff",
    Scope.A: "#c4f0d8",
    Scope.B: "#8fcdaf",
    Scope.C: "#6a96c8",
    Scope.CITY_ONLY: "#d1d1d1",
    Scope.UNDETERMINED: "#a9a9ac",
}

CITY, CITIZENS = "#006aad", "#fde6c8"
"""The two sides of collaboration in the picture of its bands."""

GRADE_COLOURS: dict[Grade, str] = {
    Grade.NOT_DONE: "#c5520e",
    Grade.LITTLE_DONE: "#f2b27a",
    Grade.MOSTLY_DONE: "#c4e0f6",
    Grade.WELL_DONE: "#2268a8",
}

SOFT_INK = "#4b5563"
"""For what a picture says in small letters."""

OWN_ON_PAPER, NEAR_ON_PAPER, LINE_ON_PAPER = "#2a70b0", "#dfe4ec", "#6b7280"
"""A district and its neighbours on the small maps of a sheet, and the line around each."""

ON_PAPER: dict[str, str] = {
    "ink": DARK_INK,
    "soft": SOFT_INK,
    "faint": "#c9ced6",
    "accent": "#0b3c7a",
    # Okabe and Ito's set as it is: hairlines need more of a colour than areas do.
    Form.CO_HOSTING.value: "#0072b2",
    Form.COMMITTEE.value: "#e69f00",
    Form.AGREEMENT.value: "#009e73",
    Form.ENDORSEMENT.value: "#cc79a7",
    Form.SUBSIDY.value: "#56b4e9",
    Form.COMMISSION.value: "#d55e00",
    Form.UNKNOWN.value: "#9ca3af",
}
"""What the templates of sheets and handouts draw with (report/look.typ)."""


PRINT: dict[str, str] = {
    "ink": DARK_INK,
    "soft": SOFT_INK,
    "faint": "#c9ced6",
    "accent": "#0b3c7a",
    **{str(form): colour for form, colour in FORM_COLOURS.items()},
}
"""Colours of printed documents by the names that report/look.typ has for them."""


def sequential(count: int) -> tuple[str, ...]:
    """`count` colours (1 to 5) spread over the whole range from light to dark."""
    last = len(SEQUENTIAL) - 1
    if count == 1:
        return (SEQUENTIAL[2],)
    return tuple(SEQUENTIAL[round(n * last / (count - 1))] for n in range(count))


def shade(count: int, highest: int) -> str:
    """The colour of a count that grows with it; of none the colour of zero."""
    return SEQUENTIAL[count * len(SEQUENTIAL) // (highest + 1)] if count else ZERO


def ink_on(colour: str) -> str:
    """Light or dark ink, whichever reads better on `colour`."""
    return max(LIGHT_INK, DARK_INK, key=lambda ink: contrast(colour, ink))


def contrast(first: str, second: str) -> float:
    """Contrast ratio of two colours, 1 to 21. Source: WCAG 2.2, 1.4.3."""
    lighter, darker = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    channels = (int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5))
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
