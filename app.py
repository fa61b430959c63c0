"""Front door: `streamlit run app.py`.

Streamlit runs this file twice over: as a module, to find the server with its routes, and
as the script of every session, to draw the pages.
"""

import streamlit as st
from starlette.middleware import Middleware

from kyodo_geo.ui import shell
from kyodo_geo.ui.http.routes import asset_routes
from kyodo_geo.ui.middleware.host_check import OwnNames
from kyodo_geo.ui.middleware.not_found import UnknownAddresses
from kyodo_geo.ui.middleware.oidc_redirects import SignInAnswers
from kyodo_geo.ui.middleware.security_headers import SecurityHeaders

if __name__ == "__main__":
    shell.draw()
else:
    app = st.App(
        __file__,
        routes=asset_routes(),
        middleware=[
            Middleware(SecurityHeaders),
            Middleware(OwnNames),
            Middleware(SignInAnswers),
            Middleware(UnknownAddresses),
        ],
        on_script_error=shell.tell_unexpected,
    )
