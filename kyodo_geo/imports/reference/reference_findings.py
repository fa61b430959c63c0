"""Kinds of findings in reference data (D5)."""

from __future__ import annotations

from kyodo_geo.tabular.findings import FindingKind


class ReferenceFinding(FindingKind):
    """D50 files of boundaries, D51 and D52 boundaries as districts, D53 their tables. What blocks,
    blocks the whole file: half of a map is none.
    """

    NOT_GEOGRAPHIC = "D501"
    SHAPEFILE_ALONE = "D502"
    SHAPEFILE_COUNT = "D503"
    SHAPEFILE_PARTS = "D504"
    LAYERS = "D505"
    VIEW = "D506"
    NO_POLYGONS = "D507"
    OTHER_SHAPES = "D508"
    CURVES = "D509"
    UNREADABLE_SHAPES = "D510"
    TOO_DETAILED = "D511"
    CRS_UNKNOWN = "D512"
    CRS_GUESSED = "D513"
    CRS_CONVERTED = "D514"
    OLD_DATUM = "D515"
    REPAIRED = "D516"
    BROKEN = "D517"
    OUTLINES_CLOSED = "D518"
    MATCHED = "D519"
    MATCHED_BY_OVERLAP = "D520"
    UNMATCHED = "D521"
    MATCHED_TWICE = "D522"
    DISSOLVED = "D523"
    NOT_THE_DISTRICTS = "D524"
    AREA_DIFFERS = "D525"
    TOO_WIDE = "D526"
    LEVEL_UNCLEAR = "D533"
    REGION_UNKNOWN = "D534"
    NO_DAY = "D535"
    SUM_DIFFERS = "D536"
    DISTRICTS_INCOMPLETE = "D537"
    NO_CONFIDENCE = "D538"
    TOWN_ELSEWHERE = "D539"
