"""Headers of every answer, what a real browser then refuses, and whether a server is ready."""

import re
import resource
import shutil
import signal
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from posixpath import dirname, normpath

import pytest
import streamlit as st
from browsing import noted_refusals, open_address
from builders import MOUNT
from playwright.sync_api import Browser
from publisher import publish
from pydantic import ValidationError
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route, WebSocketRoute
from starlette.testclient import TestClient, WebSocketDenialResponse
from starlette.websockets import WebSocket
from streamlit.testing.v1 import AppTest

from kyodo_geo.editions import EditionStore
from kyodo_geo.export import FORMATS
from kyodo_geo.server import routes
from kyodo_geo.settings import PROJECT_DIR, Settings
from kyodo_geo.ui.assets import Asset, asset_address, assets, assets_folder, assets_version
from kyodo_geo.ui.auth import visitor
from kyodo_geo.ui.middleware.host_check import REFUSAL, OwnNames
from kyodo_geo.ui.middleware.security_headers import (
    ALWAYS,
    OF_DATA,
    OF_PAGES,
    SecurityHeaders,
    content_policy,
)
from kyodo_geo.ui.shell import UNEXPECTED

POLICY = "Content-Security-Policy"
TILES = "https://cyberjapandata.gsi.go.jp"


def policy(host: str = "kyodo.example.lg.jp", *, is_component: bool = False, **settings: object):
    text = content_policy(Settings(**settings), host, is_component=is_component)
    return {name: values for name, *values in map(str.split, text.split(";"))}


def hosts(sources: dict[str, list[str]]) -> set[str]:
    """What is named in a policy beside keywords, schemes and hashes."""
    named = {value for values in sources.values() for value in values}
    return {value for value in named if not re.fullmatch(r"'.*'|data:|blob:", value)}


def test_no_host_but_the_one_that_was_asked() -> None:
    assert hosts(policy()) == {"ws://kyodo.example.lg.jp", "wss://kyodo.example.lg.jp"}
    assert policy()["default-src"] == ["'self'"]
    assert "'unsafe-inline'" not in policy()["script-src"]
    assert not [values for values in policy().values() if "'unsafe-eval'" in values]


def test_tiles_are_allowed_only_where_they_are_switched_on() -> None:
    assert TILES in policy(gsi_tiles=True)["img-src"]
    assert hosts(policy(gsi_tiles=True)) - hosts(policy()) == {TILES}


def test_only_frames_of_components_run_scripts_that_stand_in_them() -> None:
    framed = policy(is_component=True)
    assert framed["script-src"] == ["'self'", "'unsafe-inline'"]
    assert {n: v for n, v in framed.items() if n != "script-src"} == {
        n: v for n, v in policy().items() if n != "script-src"
    }


@pytest.mark.parametrize(
    "host", ["", "x; script-src *", "a b", "evil.example\r\nX: y", "*", "'none'", "花巻.jp"]
)
def test_a_host_that_is_none_adds_nothing(host: str) -> None:
    assert policy(host)["connect-src"] == ["'self'"]
    assert policy(host).keys() == policy().keys()


def test_frames_are_allowed_by_setting() -> None:
    framers = "'self' https://www.city.hanamaki.iwate.jp https://*.example.lg.jp:8443"
    assert policy()["frame-ancestors"] == ["'self'"]
    assert policy(frame_ancestors=framers)["frame-ancestors"] == framers.split()
    assert policy(frame_ancestors="'none'")["frame-ancestors"] == ["'none'"]
    for wrong in ("*", "", "self", "'self'; script-src *", "https://花巻.jp", "'self'\n"):
        with pytest.raises(ValidationError):
            Settings(frame_ancestors=wrong)


@pytest.fixture
def data_dir(data_dir: Path) -> Iterator[Path]:
    """A folder that the server of this process looks into afresh."""
    st.cache_resource.clear()
    yield data_dir
    st.cache_resource.clear()


@pytest.fixture
def client() -> TestClient:
    def own(_: Request) -> Response:
        varied = {"Vary": "Accept-Encoding, Origin, Accept-Encoding"}
        return PlainTextResponse("own", headers={"Content-Security-Policy": "sandbox"} | varied)

    def broken(_: Request) -> Response:
        raise RuntimeError("defect")

    every = [Route("/own", own), Route("/broken", broken), *routes()]
    app = Starlette(routes=every, middleware=[Middleware(SecurityHeaders)])
    return TestClient(app, raise_server_exceptions=False)


def test_every_answer_has_them(client: TestClient, data_dir: Path) -> None:
    answers = {
        MOUNT: (200, OF_PAGES),
        "/kyodo/picture/density": (200, OF_DATA),
        "/kyodo/export/nothing": (400, OF_PAGES),
        "/api/v1/nothing": (404, OF_DATA),
    }
    for path, (status, own) in answers.items():
        answer = client.get(path)
        assert answer.status_code == status
        assert {name: answer.headers[name] for name in ALWAYS | own} == ALWAYS | own
    assert "wss://testserver" in client.get(MOUNT).headers[POLICY]


@pytest.mark.parametrize("name", ["core/mount.js", "map/map.js", "leaflet/leaflet.js", "page.css"])
def test_scripts_and_styles_are_kept_for_good(client: TestClient, name: str) -> None:
    address = f"/{asset_address(name)}"
    plain = client.get(address, headers={"Accept-Encoding": "identity"})
    compressed = client.get(address, headers={"Accept-Encoding": "gzip, br"})

    assert plain.content == compressed.content == assets()[name].content
    assert "content-encoding" not in plain.headers
    assert compressed.headers["content-encoding"] == "gzip"
    assert int(compressed.headers["content-length"]) < len(plain.content)
    for answer in (plain, compressed):
        assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
        assert answer.headers["vary"] == "Accept-Encoding"
        assert answer.headers["content-type"].startswith(("text/javascript", "text/css"))


@pytest.mark.parametrize(
    "address",
    [
        "static/core/mount.js",
        "static/0123456789/core/mount.js",
        f"{assets_folder()}/core/none.js",
        f"{assets_folder()}/../assets.py",
        f"{assets_folder()}/%2e%2e/assets.py",
    ],
)
def test_scripts_of_another_version_are_none(client: TestClient, address: str) -> None:
    """Two processes of different versions behind one proxy: none sends its own for the other's."""
    answer = client.get(f"/kyodo/{address}")

    assert answer.status_code == 404
    assert answer.headers.get("cache-control", "no-store") == "no-store"


def test_the_address_of_scripts_changes_with_any_of_them(monkeypatch: pytest.MonkeyPatch) -> None:
    as_they_are = {**assets()}
    changed = {**as_they_are, "core/dom.js": Asset(b"", "text/javascript")}
    renamed = {name.replace("dom", "tree"): asset for name, asset in as_they_are.items()}
    versions = set()
    for files in (as_they_are, changed, renamed):
        monkeypatch.setattr("kyodo_geo.ui.assets.assets", lambda files=files: files)
        versions.add(assets_version.__wrapped__())

    assert len(versions) == 3
    assert assets_version() in versions


IMPORTED = re.compile(r"""^(?:import|export)\s(?:[^;"]*\sfrom\s)?"(\.[^"]+)";""", re.MULTILINE)


def test_what_scripts_import_is_served_beside_them() -> None:
    wanted = {
        normpath(f"{dirname(name)}/{path}")
        for name, asset in assets().items()
        for path in IMPORTED.findall(asset.content.decode())
    }

    assert {"core/dom.js", "map/styles.js", "widgets/fields.js"} <= wanted <= assets().keys()


@pytest.mark.parametrize(
    ("address", "said"),
    [
        (
            "image/density.svg?measure=nix",
            "指標: 「nix」という値はありません。使えるのは activities、",
        ),
        ("image/density.svg?view=nix", "表示: 「nix」という値はありません"),
        ("image/density.svg?foo=bar", "「foo」という指定はありません"),
        ("image/density.svg?select=C98", "選んだ地区: 「C98」という値はありません"),
        ("list/checks?check=GXX", "点検: 「GXX」という値はありません"),
        ("list/city_actions?effort=nix", "推進方針: 「nix」という値はありません"),
        ("export/csv?foo=bar", "「foo」という指定はありません"),
    ],
)
def test_the_address_of_a_file_is_no_other_file(
    client: TestClient, data_dir: Path, address: str, said: str
) -> None:
    answer = client.get(f"/kyodo/{address}")

    assert answer.status_code == 400
    assert said in answer.text


def test_a_page_s_view_goes_along_to_its_files(client: TestClient, data_dir: Path) -> None:
    view = (
        "embed=true&picture=kinds&shown_form=subsidy&order=detailed&hints=off&select=C03&measure="
    )

    assert client.get(f"/kyodo/list/checks?check=G01&{view}").status_code == 200
    assert client.get(f"/kyodo/image/density.svg?{view}").status_code == 200


def test_a_route_may_be_stricter(client: TestClient) -> None:
    own = client.get("/own").headers
    assert own.get_list("Content-Security-Policy") == ["sandbox"]
    assert own.get_list("Vary") == ["Accept-Encoding, Origin"]


@pytest.mark.parametrize("path", ["/api/v1", "/api/v1/"])
def test_the_folder_of_the_api_leads_to_its_page(client: TestClient, path: str) -> None:
    answer = client.get(path, follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (307, "/api")


@pytest.mark.browser
def test_other_sites_may_show_pictures_and_nothing_else(
    browser: Browser, official_server: str
) -> None:
    page = browser.new_page()
    images = [f"{official_server}/{path}" for path in ("kyodo/image/review.svg", "favicon.png")]
    page.set_content("".join(f'<img src="{address}">' for address in images))
    page.wait_for_load_state()
    shown = page.eval_on_selector_all("img", "images => images.map(i => i.naturalWidth > 0)")
    assert shown == [True, False]
    page.close()


@pytest.mark.browser
def test_a_browser_refuses_what_is_not_ours(browser: Browser, official_server: str) -> None:
    page = browser.new_page()
    refused = noted_refusals(page)
    open_address(page, f"{official_server}/density?embed=true")
    answer = page.request.get(f"{official_server}/density")
    expected = ALWAYS | OF_PAGES
    assert {name: answer.headers[name.lower()] for name in expected} == expected
    assert not re.search(r"\d", answer.headers.get("server", ""))
    assert refused == []

    page.evaluate(
        """() => {
            const add = (tag, values) =>
                document.body.append(Object.assign(document.createElement(tag), values));
            add("img", {src: "https://elsewhere.example/x.png"});
            add("script", {textContent: "window.injected = true"});
            add("script", {src: "https://elsewhere.example/x.js"});
            add("iframe", {src: "https://elsewhere.example/"});
            const handler = `<img src="data:," onerror="injected = true">`;
            document.body.insertAdjacentHTML("beforeend", handler);
            fetch("https://elsewhere.example/").catch(() => {});
        }"""
    )
    expected = {"img-src", "script-src-elem", "script-src-attr", "frame-src", "connect-src"}
    for _ in range(50):
        if {line.split(" ")[0] for line in refused} >= expected:
            break
        page.wait_for_timeout(100)
    assert {line.split(" ")[0] for line in refused} >= expected
    assert page.evaluate("window.injected") is None
    page.close()


SOCKET = {"Connection": "Upgrade", "Upgrade": "websocket", "Sec-WebSocket-Version": "13"}


@pytest.mark.browser
def test_no_website_reaches_a_desk_by_a_name_of_its_own(official_server: str) -> None:
    """DNS rebinding: a browser at the desk sends the name of the website that led it here."""
    port = int(official_server.rsplit(":", 1)[1])

    def status(host: str, method: str, path: str, also: dict[str, str]) -> int:
        connection = HTTPConnection("localhost", port, timeout=10)
        connection.request(method, path, headers={"Host": f"{host}:{port}", **also})
        answered = connection.getresponse().status
        connection.close()
        return answered

    key = {"Sec-WebSocket-Key": "AAAAAAAAAAAAAAAAAAAAAA=="}
    asked: list[tuple[str, str, dict[str, str]]] = [
        ("GET", "/import", {}),
        ("GET", MOUNT, {}),
        ("GET", "/kyodo/health", {}),
        ("GET", "/api/v1/codes.csv", {}),
        ("PUT", "/_stcore/upload_file/session/file", {}),
        ("GET", "/_stcore/stream", {**SOCKET, **key, "Origin": f"http://evil.example:{port}"}),
    ]
    refused = [status("evil.example", *request) for request in asked]
    assert refused == [403] * len(asked)
    own = {**SOCKET, **key, "Origin": f"http://127.0.0.1:{port}"}
    assert status("127.0.0.1", "GET", "/_stcore/stream", own) == 101


@pytest.fixture
def desk(monkeypatch: pytest.MonkeyPatch) -> dict[str, object]:
    """What makes a desk, to be changed: the address of the server, and settings."""
    changes: dict[str, object] = {"address": "localhost", "local_official": True, "sign_in": ""}
    shipped = Settings()
    monkeypatch.setattr(visitor, "settings", lambda: shipped.model_copy(update=changes))
    monkeypatch.setattr(visitor.config, "get_option", lambda name: changes["address"])
    return changes


@pytest.fixture
def named() -> TestClient:
    """Something behind OwnNames that answers everybody."""

    async def socket(asked: WebSocket) -> None:
        await asked.accept()
        await asked.close()

    routes = [Route("/", lambda _: PlainTextResponse("ok")), WebSocketRoute("/socket", socket)]
    return TestClient(Starlette(routes=routes, middleware=[Middleware(OwnNames)]))


def statuses(client: TestClient, *hosts: str) -> set[int]:
    return {client.get("/", headers={"Host": host}).status_code for host in hosts}


def test_a_desk_has_the_names_of_its_machine(named: TestClient, desk: dict[str, object]) -> None:
    assert statuses(named, "localhost", "LOCALHOST:8501", "127.0.0.1:8501", "[::1]:8501") == {200}
    others = ("evil.example", "localhost.evil.example", "127.0.0.1.nip.io", "localhost:8501@evil")
    assert statuses(named, *others, "", "localhost,evil.example", "0.0.0.0", "[::1") == {403}
    assert named.get("/", headers={"Host": "evil.example"}).text == REFUSAL
    with named.websocket_connect("/socket", headers={"Host": "localhost"}):
        pass
    with (
        pytest.raises(WebSocketDenialResponse),
        named.websocket_connect("/socket", headers={"Host": "evil.example"}),
    ):
        pass


@pytest.mark.parametrize(
    "change", [{"local_official": False}, {"sign_in": "oidc"}, {"address": "0.0.0.0"}]
)
def test_where_there_is_no_desk_all_names_pass(
    change: dict[str, object], named: TestClient, desk: dict[str, object]
) -> None:
    """As behind nginx, which passes the public name on."""
    desk.update(change)
    assert statuses(named, "kyodo.example.lg.jp") == {200}
    assert visitor.person() == visitor.READER


def test_readiness_names_the_edition_that_people_see(client: TestClient, data_dir: Path) -> None:
    assert client.get("/kyodo/ready").json() == {"edition": 1, "problems": []}
    publish(EditionStore(data_dir / "editions"), "next")
    (data_dir / "editions" / "00003.duckdb").write_bytes(b"cut short")
    ready = client.get("/kyodo/ready")
    assert (ready.status_code, ready.json()["edition"]) == (200, 2)
    assert "00003.duckdb: 読めません" in ready.json()["problems"][0]
    assert str(data_dir) not in ready.text
    assert ready.headers["Cache-Control"] == "no-store"


def test_a_server_without_an_edition_lives_but_is_not_ready(
    client: TestClient, data_dir: Path, caplog: pytest.LogCaptureFixture
) -> None:
    shutil.rmtree(data_dir / "editions")
    (data_dir / "editions").mkdir()
    (data_dir / "editions" / "00001.duckdb").write_bytes(b"cut short")
    assert client.get("/kyodo/health").text == "ok"
    ready = client.get("/kyodo/ready")
    assert ready.status_code == 503
    assert "読めません" in ready.text
    assert str(data_dir) not in ready.text
    assert str(data_dir) in caplog.text


@contextmanager
def disk_that_takes(room: int) -> Iterator[None]:
    """A limit on the size of files makes real writes of this process fail."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    compiles, sys.dont_write_bytecode = sys.dont_write_bytecode, True  # K034
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (room, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        sys.dont_write_bytecode = compiles
        signal.signal(signal.SIGXFSZ, handler)


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_files_on_a_full_disk_are_refused_in_a_sentence_and_leave_nothing(
    client: TestClient, data_dir: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    before = sorted(tmp_path.iterdir())
    for name in FORMATS:
        assert client.get(f"/kyodo/export/{name}").status_code == 200
        with disk_that_takes(1000):
            refused = client.get(f"/kyodo/export/{name}")
        assert (name, refused.status_code) == (name, 503)
        assert "書き込めませんでした" in refused.text
        assert str(tmp_path) not in refused.text
        assert "Error" not in refused.text
    assert sorted(tmp_path.iterdir()) == before


def test_what_no_page_expects_is_told_in_our_words() -> None:
    def script() -> None:
        from kyodo_geo.ui import shell

        assert shell.show_unexpected_error(ValueError("/srv/secret"))

    drawn = AppTest.from_function(script).run()
    assert [error.value for error in drawn.error] == [UNEXPECTED]
    front_door = (PROJECT_DIR / "app.py").read_text("utf-8")
    assert "on_script_error=shell.show_unexpected_error" in front_door
