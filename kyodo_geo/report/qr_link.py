"""Links from paper back to the dashboard: addresses and their QR codes."""

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
"""White border of a QR code (ISO/IEC 18004)."""


def page_address(base_address: str, filters: Filters, district_id: str) -> str:
    """Return the address of a district's page under `filters`, without their places."""
    texts = {"district": [district_id], **texts_from_filters(without_places(filters))}
    return f"{base_address.rstrip('/')}/district?{urlencode(texts, doseq=True)}"


def cases_address(base_address: str, ids: Sequence[str]) -> str:
    """Return the address of the page with these cases chosen for a hand-out."""
    return f"{base_address.rstrip('/')}/cases?{urlencode({'pick': ids}, doseq=True)}"


def qr_svg(address: str) -> str:
    """Return the QR code of an address as SVG; empty if the address is too long."""
    try:
        code = segno.make_qr(address)
    except DataOverflowError:
        return ""
    drawn = BytesIO()
    code.save(drawn, kind="svg", border=QUIET_MODULES, xmldecl=False, nl=False)
    return drawn.getvalue().decode()
