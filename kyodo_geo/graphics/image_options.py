"""What can be chosen of a picture, in the words of addresses: which measure, map or form."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from kyodo_geo.errors import FilterError
from kyodo_geo.maps.classification import ClassMethod
from kyodo_geo.measures.places.density import MEASURES
from kyodo_geo.vocabulary import KNOWN_FORMS, ActorType, Effort, Form

Texts = Mapping[str, Sequence[str]]

METHODS = {method.name.lower(): method for method in ClassMethod}


@dataclass(frozen=True)
class Option:
    """One choice: its name among the options, its key in the address, labels by value.

    Two pages may give one key other labels. `kind` is how it is shown: "one" is a row of buttons.
    """

    name: str
    key: str
    label: str
    labels: Mapping[str, str]
    default: str
    kind: Literal["list", "one", "toggle"] = "list"

    def chosen_in(self, texts: Texts) -> str:
        """What a view has chosen, else the default."""
        value = (texts.get(self.key) or [self.default])[-1]
        return value if value in self.labels else self.default


MEASURE = Option(
    "measure", "measure", "指標", {m.measure_id: m.label for m in MEASURES.values()}, "activities"
)
CLASSES = Option(
    "classes", "classes", "分類", {name: m.value for name, m in METHODS.items()}, "natural"
)
VIEW = Option("view", "view", "表示", {"map": "地図", "tiles": "地区タイル"}, "map", "one")
FORM_PICTURE = Option(
    "form_picture",
    "picture",
    "図",
    {"dominant": "最も多い形態", "share": "一つの形態の割合", "each": "六つの形態"},
    "dominant",
    "one",
)
ACTOR_PICTURE = Option(
    "actor_picture",
    "picture",
    "図",
    {"share": "一つの主体の割合", "kinds": "主体の種類数"},
    "share",
    "one",
)
SHOWN_FORM = Option(
    "shown_form",
    "shown_form",
    "形態を選ぶ",
    {str(form): form.label for form in KNOWN_FORMS},
    str(Form.COMMITTEE),
)
SHOWN_ACTOR = Option(
    "shown_actor",
    "shown_actor",
    "主体を選ぶ",
    {str(actor): actor.label for actor in ActorType},
    str(ActorType.LOCAL_GROUP),
)
EFFORT = Option(
    "effort",
    "effort",
    "推進方針",
    {"": "すべて", **{str(effort): f"{effort.mark} {effort.label}" for effort in Effort}},
    "",
    "one",
)


def effort_in(texts: Texts) -> Effort | None:
    """The effort a view is narrowed to; None for all three."""
    chosen = EFFORT.chosen_in(texts)
    return Effort.of(chosen) if chosen else None


OPTIONS = (MEASURE, CLASSES, VIEW, FORM_PICTURE, ACTOR_PICTURE, SHOWN_FORM, SHOWN_ACTOR, EFFORT)
FREE_KEYS = ("select", "activity", "term")
"""Choices of a district, of a case and of a term; any text."""


def choices_from(written: Iterable[str]) -> dict[str, list[str]]:
    """Choices written as in an address, e.g. measure=per_1000.

    Raises FilterError for a name or a value that no picture knows.
    """
    texts: dict[str, list[str]] = {}
    for choice in written:
        key, _, value = choice.partition("=")
        labels = [option.labels for option in OPTIONS if option.key == key]
        known = [name for names in labels for name in names if name]
        if key not in FREE_KEYS and value not in known:
            keys = dict.fromkeys([*(option.key for option in OPTIONS), *FREE_KEYS])
            expected = f"{key} は {'、'.join(known)}" if known else f"名前は {'、'.join(keys)}"
            raise FilterError("選ぶもの", f"「{choice}」は使えません", f"{expected} のどれかです")
        texts[key] = [value]
    return texts
