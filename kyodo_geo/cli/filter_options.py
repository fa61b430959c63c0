"""Filters as command line options, one option per filter."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable, Mapping, Sequence
from typing import Annotated, Any, TypeAlias

import typer

from kyodo_geo.cli.options import WRONG_USE
from kyodo_geo.editions import Edition
from kyodo_geo.filters.query_string import FILTER_KEYS, YES, FilterKey, filters_from_texts
from kyodo_geo.model import Filters

Texts: TypeAlias = Mapping[str, Sequence[str]]


def with_filters(
    command: Callable[..., None], keys: Sequence[FilterKey] = FILTER_KEYS
) -> Callable[..., None]:
    """Decorate a command with one option per filter; pass their values as `texts` by key."""

    @functools.wraps(command)
    def run(**options: Any) -> None:
        texts = {key.key: _texts_given(options.pop(key.key)) for key in keys}
        command(texts=texts, **options)

    own = inspect.signature(command, eval_str=True).parameters.values()
    parameters = [p for p in own if p.name != "texts"] + [_parameter(key) for key in keys]
    # typer builds the options of a command from its signature.
    run.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    return run


def _parameter(key: FilterKey) -> inspect.Parameter:
    """Return the option of a filter as a parameter that typer can read."""
    is_flag = key.field == "with_context"
    kind: Any = bool if is_flag else list[str] if key.is_repeatable else str | None
    default: Any = False if is_flag else [] if key.is_repeatable else None
    shown_help = key.help + ("。繰り返せます" if key.is_repeatable else "")
    option = typer.Option(key.option, metavar=None if is_flag else "値", help=shown_help)
    return inspect.Parameter(
        key.key,
        inspect.Parameter.KEYWORD_ONLY,
        default=default,
        annotation=Annotated[kind, option],
    )


def _texts_given(value: bool | str | Sequence[str] | None) -> Sequence[str]:
    if isinstance(value, str):
        return [value]
    return [YES] if value is True else value or []


def filters_given(edition: Edition, texts: Texts) -> Filters:
    """Return the filters given; print all errors and exit with code 2 if there are any."""
    filters, errors = filters_from_texts(edition, texts)
    for error in errors:
        typer.echo(error.sentence, err=True)
    if errors:
        raise typer.Exit(WRONG_USE)
    return filters
