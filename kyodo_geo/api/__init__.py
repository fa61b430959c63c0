"""The record for other programs: read-only addresses below `/api/v1`, beside the pages."""

from kyodo_geo.api.application import api_app
from kyodo_geo.api.request import Host

__all__ = ["Host", "api_app"]
