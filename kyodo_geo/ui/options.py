"""Choices of a page that belong to its address: drawn, read and kept in one go."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from kyodo_geo.maps.classes import ClassMethod
from kyodo_geo.ui import address

METHODS = {method.name.lower(): method for method in ClassMethod}


def select(
    name: str,
    label: str,
    labels: Mapping[str, str],
    default: str,
    *,
    disabled: bool = False,
    explanation: str | None = None,
) -> str:
    """A list to choose from; `labels` by id. The default is not written to the address."""
    chosen = st.selectbox(
        label,
        list(labels),
        format_func=labels.__getitem__,
        key=address.widget(name, address.option(name, tuple(labels), default)),
        disabled=disabled,
        help=explanation,
    )
    return _kept(name, chosen, default)


def switch(
    name: str, label: str, labels: Mapping[str, str], default: str, *, widget: str = ""
) -> str:
    """The same as a row of buttons. Pages that give one name other choices name `widget`."""
    chosen = st.segmented_control(
        label,
        list(labels),
        format_func=labels.__getitem__,
        key=address.widget(widget or name, address.option(name, tuple(labels), default)),
        required=True,
    )
    return _kept(name, chosen or default, default)


def choose_method(*, disabled: bool = False) -> ClassMethod:
    """How classes are made; circles have no classes."""
    labels = {name: method.value for name, method in METHODS.items()}
    explanation = "円で表す指標では使いません" if disabled else None
    chosen = select(
        "classes", "分類", labels, "natural", disabled=disabled, explanation=explanation
    )
    return METHODS[chosen]


def _kept(name: str, chosen: str, default: str) -> str:
    address.set_option(name, chosen if chosen != default else None)
    return chosen
