import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from audit import pinned, report

PINS = [("streamlit", "1.67.0"), ("uvloop", "0.23.0"), ("PyYAML", "6.0.3")]


@contextmanager
def database(*answers: object) -> Iterator[str]:
    """Something that answers as OSV does; yields its address."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))["queries"]
            assert [(q["package"]["name"], q["version"]) for q in asked] == PINS
            self.send_response(200)
            self.end_headers()
            self.wfile.write(json.dumps({"results": answers}).encode())

        def log_message(self, *_: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


def test_only_pins_are_asked_about() -> None:
    lines = (
        "# a==1",
        "-r other.txt",
        "streamlit==1.67.0",
        'uvloop==0.23.0; sys_platform != "win32"',
        "PyYAML==6.0.3 # why",
    )
    assert pinned("\n".join(lines)) == PINS


@pytest.mark.parametrize(
    ("answers", "told"),
    [
        (({}, {}, {}), ["audit: nothing known against the 3 pinned packages"]),
        (
            ({}, {"vulns": [{"id": "GHSA-1"}, {"id": "PYSEC-2"}]}, {}),
            ["audit: look these up at https://osv.dev/", "  uvloop 0.23.0: GHSA-1, PYSEC-2"],
        ),
    ],
)
def test_what_is_known_is_told(answers: tuple[object, ...], told: list[str]) -> None:
    with database(*answers) as address:
        assert report(PINS, address) == told


def test_without_an_answer_one_line_says_so() -> None:
    with database({}) as address:
        [of_another_kind] = report(PINS, address)
    [offline] = report(PINS, "http://127.0.0.1:9/")
    assert offline.startswith("audit: not done")
    assert of_another_kind.startswith("audit: not done")
