"""What the product says of the city it stands in: python another_city.py, in its folder.

Writes JSON: by name, the text of the help, of answers of the API, of files, PDFs and pages.
"""

from __future__ import annotations

import io
import json
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

from pypdf import PdfReader
from starlette.applications import Starlette
from starlette.testclient import TestClient
from streamlit.testing.v1 import AppTest
from typer.testing import CliRunner

import kyodo_geo
from kyodo_geo.cli.app import app
from kyodo_geo.seed.first_edition import ensure_first_edition
from kyodo_geo.server import MIDDLEWARE, routes
from kyodo_geo.settings import read_settings
from kyodo_geo.ui.state import view_state

HELPS = ("", "export", "report", "reference", "replace")
ADDRESSES = (
    *("/api/v1/catalog.json", "/api/v1/openapi.json", "/api/v1/datapackage.json"),
    "/kyodo/export/csv",
    *("/kyodo/edition/1.js", "/kyodo/image/density.svg", "/kyodo/image/district.svg?district=C12"),
    *("/kyodo/image/guide.svg", "/kyodo/image/density-place.svg?select=C12"),
)
PDFS = ("/kyodo/sheet/C12", "/kyodo/handout?pick=P0001")
PAGES = ("density", "district", "promotion", "api", "about", "accessibility")


def texts() -> Iterator[tuple[str, str]]:
    ensure_first_edition(read_settings())
    for command in HELPS:
        words = [command, "--help"] if command else ["--help"]
        yield f"help {command}", CliRunner().invoke(app, words).output
    client = TestClient(Starlette(routes=routes(), middleware=list(MIDDLEWARE)))
    for address in (*ADDRESSES, *PDFS):
        answer = client.get(address, headers={"Host": "localhost"})
        assert answer.status_code == 200, (address, answer.text)
        yield f"name of {address}", answer.headers.get("Content-Disposition", "")
        yield address, pdf_text(answer.content) if address in PDFS else answer.text
    with zipfile.ZipFile(io.BytesIO(client.get("/kyodo/export/zip").content)) as bundle:
        yield from ((name, bundle.read(name).decode("utf-8-sig")) for name in bundle.namelist())
    for page in PAGES:
        yield f"page {page}", page_text(page)


def pdf_text(content: bytes) -> str:
    reader = PdfReader(io.BytesIO(content))
    return "\n".join([str(reader.metadata), *(page.extract_text() for page in reader.pages)])


def page_text(page: str) -> str:
    tested = AppTest.from_file(Path("app.py").resolve(), default_timeout=60).run()
    tested.switch_page(f"pages/{page}.py")
    tested.session_state[view_state.PAGE] = page
    tested.query_params["district"] = "C12"
    tested.run()
    assert not tested.exception, tested.exception
    drawn = [e.proto.bytes for e in tested.get("bidi_component")]
    messages = [json.dumps(json.loads(told), ensure_ascii=False) for told in drawn if told]
    return "\n".join([*messages, *(str(e.value) for e in tested.error)])


if __name__ == "__main__":
    assert Path(kyodo_geo.__file__).parents[1] == Path.cwd()
    json.dump(dict(texts()), sys.stdout, ensure_ascii=False)
