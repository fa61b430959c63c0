"""Kinds of reference data that can be replaced."""

from __future__ import annotations

from enum import StrEnum


class DatasetKind(StrEnum):
    """Kind of reference data: Japanese label, action in the log of editions, shipped file."""

    label: str
    action: str
    file: str

    def __new__(cls, identifier: str, label: str, file: str) -> DatasetKind:
        """Build a string with its label and its file."""
        kind = str.__new__(cls, identifier)
        kind._value_ = identifier
        kind.label = label
        kind.action = f"{label}の入れ替え"
        kind.file = file
        return kind

    BOUNDARIES = ("boundaries", "地区の境界", "districts.geojson")
    POPULATION = ("population", "人口", "population.csv")
    TOWNS = ("towns", "町名表", "towns.csv")
