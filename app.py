"""Front door: `streamlit run app.py`.

Streamlit runs this file twice over: as a module, to find the server with its routes, and
as the script of every session, to draw the pages.
"""

import streamlit as st

from kyodo_geo import server
from kyodo_geo.ui import shell

if __name__ == "__main__":
    shell.draw()
else:
    app = st.App(
        __file__,
        routes=server.routes(),
        middleware=server.MIDDLEWARE,
        on_script_error=shell.show_unexpected_error,
    )
