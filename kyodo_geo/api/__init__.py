"""Read-only HTTP API for other programs, below `/api/v1`."""

from kyodo_geo.api.application import api_app
from kyodo_geo.api.request import Host

__all__ = ["Host", "api_app"]
