"""Assemble the server: routes of pages and API, and the middleware around them."""

from __future__ import annotations

from starlette.middleware import Middleware
from starlette.routing import BaseRoute, Mount

from kyodo_geo.api import Host, api_app
from kyodo_geo.ui.http.routes import asset_routes
from kyodo_geo.ui.http.view_request import base_address, base_path
from kyodo_geo.ui.middleware.host_check import OwnNames
from kyodo_geo.ui.middleware.not_found import UnknownAddresses
from kyodo_geo.ui.middleware.oidc_redirects import SignInAnswers
from kyodo_geo.ui.middleware.security_headers import SecurityHeaders
from kyodo_geo.ui.runtime import current_edition, settings
from kyodo_geo.web.api_contract import PATH

MIDDLEWARE = tuple(
    Middleware(one) for one in (SecurityHeaders, OwnNames, SignInAnswers, UnknownAddresses)
)
"""Outermost first: every answer, refusals too, gets security headers."""


def routes() -> list[BaseRoute]:
    """Return all routes beside Streamlit's own, below the configured base path."""
    host = Host(current_edition, settings, base_address)
    return [*asset_routes(), Mount(f"{base_path()}{PATH}", api_app(host))]
