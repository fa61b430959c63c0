"""The way back from paper: the address of the same view, and its QR code."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from urllib.parse import urlencode

import segno
from segno.encoder import DataOverflowError

from kyodo_geo.filters.query_string import texts_from_filters
from kyodo_geo.measures.districts.profile import without_places
from kyodo_geo.model import Filters

QUIET_MODULES = 4
"""White around a QR code, as its standard wants."""


def page_address(base_address: str, filters: Filters, district_id: str) -> str:
    """Where the dashboard at `base_address` shows this district under these filters."""
    texts = {"district": [district_id], **texts_from_filters(without_places(filters))}
    return f"{base_address.rstrip('/')}/district?{urlencode(texts, doseq=True)}"


def cases_address(base_address: str, ids: Sequence[str]) -> str:
    """Where the dashboard at `base_address` shows these cases chosen for a hand-out."""
    return f"{base_address.rstrip('/')}/cases?{urlencode({'pick': ids}, doseq=True)}"


def qr_svg(address: str) -> str:
    """The QR code of an address as SVG; empty where it is too long for one."""
    try:
        code = segno.make_qr(address)
    except DataOverflowError:
        return ""
    drawn = BytesIO()
    code.save(drawn, kind="svg", border=QUIET_MODULES, xmldecl=False, nl=False)
    return drawn.getvalue().decode()
