"""Several processes behind nginx, as `deploy/` sets them up."""

import hashlib
import json
import os
import shlex
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import tarfile
import threading
import time
import urllib.request
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from browsing import ROOT, Window, free_port, hand_in, open_address, opened_page, started_server
from builders import MOUNT
from playwright.sync_api import APIResponse, Browser, Page, expect

DEPLOY = ROOT / "deploy"
UNIT = DEPLOY / "kyodo-geo@.service"
NGINX = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")
COOKIE = "kyodo_process"
FILE = "名称,年度,地区,形態,主体\n{title},R6,花北,共同開催,自治会\n"
AROUND = """
daemon off;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{}}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include /etc/nginx/mime.types;
    include {folder}/site.conf;
}}
"""


class Deployment:
    """Two processes on one data folder, by port, and the address of the nginx before them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.ports = [free_port(), free_port()]
        self.address = f"http://localhost:{free_port()}"
        self.processes = {port: self._started(port) for port in self.ports}

    def _started(self, port: int) -> subprocess.Popen[bytes]:
        return started_server(self.folder, port, KYODO_LOCAL_OFFICIAL="1")

    def kill(self, port: int) -> None:
        """End a process without giving it time for anything."""
        self.processes[port].send_signal(signal.SIGKILL)
        self.processes[port].wait()

    def start(self, port: int) -> None:
        self.processes[port] = self._started(port)

    def other(self, port: int) -> int:
        return next(other for other in self.ports if other != port)

    def edition(self, port: int) -> int:
        """The edition that a process serves, asked past nginx."""
        with urllib.request.urlopen(f"http://localhost:{port}/kyodo/ready") as answer:
            return int(json.load(answer)["edition"])


@contextmanager
def nginx_before(folder: Path, ports: Sequence[int], listen: str) -> Iterator[None]:
    """The nginx of `deploy/` before two processes, with `listen` in the place of its own line."""
    site = (DEPLOY / "nginx.conf").read_text("utf-8")
    for shipped, port in zip(("8511", "8512"), ports, strict=True):
        site = site.replace(shipped, str(port))
    (folder / "site.conf").write_text(site.replace("listen 80;", listen), "utf-8")
    (folder / "nginx.conf").write_text(AROUND.format(folder=folder), "utf-8")
    command = [str(NGINX), "-p", str(folder), "-c", str(folder / "nginx.conf")]
    nginx = subprocess.Popen([*command, "-e", str(folder / "error.log")])
    try:
        yield
    finally:
        nginx.terminate()
        nginx.wait(10)


@pytest.fixture(scope="module")
def deployment(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Deployment]:
    deployed = Deployment(tmp_path_factory.mktemp("deployment"))
    try:
        listen = f"listen {deployed.address.rsplit(':', 1)[1]};"
        with nginx_before(deployed.folder, deployed.ports, listen):
            yield deployed
    finally:
        for process in deployed.processes.values():
            process.kill()
            process.wait()


def process_of(page: Page) -> int:
    """The process that the cookie of a browser names."""
    [cookie] = [c for c in page.context.cookies() if c["name"] == COOKIE]
    assert cookie["httpOnly"]
    assert cookie["sameSite"] == "Lax"
    return int(cookie["value"])


def is_end_of_run(frame: str | bytes) -> bool:
    """Whether a message of Streamlit's says that the page is drawn; no other is as short."""
    return len(frame) == 2


def kill_and_wait_for_the_page(page: Page, deployment: Deployment, port: int) -> None:
    """End a process, and wait until a page has found another by itself and is drawn anew."""
    with page.expect_websocket() as again:
        deployment.kill(port)
    again.value.wait_for_event("framereceived", is_end_of_run)


def values(answer: APIResponse, name: str) -> list[str]:
    return [h["value"] for h in answer.headers_array if h["name"].lower() == name]


def publish(page: Page, title: str) -> None:
    """Hand a file in and publish what it adds."""
    hand_in(page, "活動.csv", FILE.format(title=title).encode())
    page.get_by_role("button", name="新しい1件").click()
    expect(page.get_by_text("版を公開しました")).to_be_visible()


@pytest.mark.browser
@pytest.mark.skipif(NGINX is None, reason="nginx is not installed (apt install nginx-light)")
def test_two_processes_behind_nginx(browser: Browser, deployment: Deployment) -> None:
    with opened_page(browser, deployment.address, Window.DESK) as page:
        open_address(page, f"{deployment.address}/import")
        mine = process_of(page)
        other = deployment.other(mine)
        assert_passed_on_once(page, deployment)

        publish(page, "花の会")
        assert process_of(page) == mine
        assert [deployment.edition(port) for port in deployment.ports] == [2, 2]

        open_address(page, f"{deployment.address}/density?region=大迫")
        kill_and_wait_for_the_page(page, deployment, mine)
        chip = page.locator("details[data-chip=form]")
        chip.locator("summary").click()
        chip.get_by_label("共催", exact=True).click()
        expect(page.locator(".kg-sentence")).to_contain_text("大迫地域・形態が共催")
        assert process_of(page) == other

        deployment.start(mine)
        open_address(page, f"{deployment.address}/import")
        publish(page, "川の会")
        assert process_of(page) == other
        assert [deployment.edition(port) for port in deployment.ports] == [3, 3]

        open_address(page, f"{deployment.address}/edit?activity=P0001")
        title = page.get_by_role("textbox", name="名称（必須）")
        title.fill("書きかけの名称")
        title.press("Tab")
        kill_and_wait_for_the_page(page, deployment, other)
        expect(title).to_have_value("書きかけの名称")
        assert process_of(page) == mine


def assert_passed_on_once(page: Page, deployment: Deployment) -> None:
    """Headers of the server come through nginx once; some addresses don't come through."""
    for _ in range(4):
        answer = page.request.get(f"{deployment.address}/density")
        assert values(answer, "set-cookie") == []
    for name in ("content-security-policy", "x-content-type-options", "referrer-policy"):
        assert len(values(answer, name)) == 1, name
    assert values(answer, "server") == ["nginx"]
    assert page.request.get(f"{deployment.address}/_stcore/metrics").status == 404
    script = page.request.get(f"{deployment.address}{MOUNT}")
    assert values(script, "content-encoding") == ["gzip"]


@contextmanager
def process_that_gets_ready(after: int) -> Iterator[int]:
    """A process whose readiness is asked `after` times in vain; yields its port."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(200 if len(asked) > after and self.path == "/kyodo/ready" else 503)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server.server_port
        server.shutdown()


def certificate(folder: Path) -> str:
    """Lines of nginx about a certificate made for the occasion."""
    key, made = folder / "key.pem", folder / "certificate.pem"
    ask = ["openssl", "req", "-x509", "-subj", "/CN=localhost", "-nodes", "-newkey", "ec"]
    curve = ["-pkeyopt", "ec_paramgen_curve:prime256v1"]
    files = ["-keyout", str(key), "-out", str(made)]
    subprocess.run([*ask, *curve, *files], check=True, capture_output=True)
    return f"ssl_certificate {made}; ssl_certificate_key {key};"


def wait_until_answered(port: int) -> None:
    for _ in range(100):
        try:
            socket.create_connection(("localhost", port)).close()
            return
        except OSError:
            time.sleep(0.05)
    raise TimeoutError(port)


@pytest.mark.skipif(NGINX is None, reason="nginx is not installed (apt install nginx-light)")
@pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl is not installed")
def test_the_cookie_of_nginx_goes_over_https_only_where_there_is_a_certificate(
    tmp_path: Path,
) -> None:
    plain, secure = free_port(), free_port()
    listen = f"listen {plain}; listen {secure} ssl; {certificate(tmp_path)}"
    trusting = ssl.create_default_context()
    trusting.check_hostname, trusting.verify_mode = False, ssl.CERT_NONE

    def cookie(address: str) -> str:
        with urllib.request.urlopen(f"{address}/kyodo/ready", context=trusting) as answer:
            return str(answer.headers["Set-Cookie"])

    with (
        process_that_gets_ready(0) as port,
        nginx_before(tmp_path, (port, free_port()), listen),
    ):
        wait_until_answered(secure)
        of_ours = f"kyodo_process={port}; Path=/; HttpOnly; SameSite=Lax"
        assert cookie(f"http://localhost:{plain}") == of_ours
        assert cookie(f"https://localhost:{secure}") == f"{of_ours}; Secure"


@pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not installed (apt install curl)")
def test_a_rolling_restart_waits_for_each_and_stops_at_the_first_that_fails(tmp_path: Path) -> None:
    systemctl = tmp_path / "systemctl"
    systemctl.write_text(f'#!/bin/sh\necho "$@" >> {tmp_path}/told\n')
    systemctl.chmod(0o755)
    environment = os.environ | {"PATH": f"{tmp_path}:{os.environ['PATH']}", "KYODO_WAIT_S": "2"}

    def restarted(*ports: int) -> int:
        command = ["sh", str(DEPLOY / "rolling_restart.sh"), *map(str, ports)]
        return subprocess.run(command, env=environment, capture_output=True).returncode

    with process_that_gets_ready(1) as first, process_that_gets_ready(0) as second:
        assert restarted(first, second) == 0
    never = free_port()
    assert restarted(never, second) != 0
    told = (tmp_path / "told").read_text().splitlines()
    assert told[:2] == [f"restart kyodo-geo@{port}" for port in (first, second)]
    assert set(told[2:]) == {f"restart kyodo-geo@{never}"}


PROGRAM = """
import sys
from pathlib import Path
for _ in sys.stdin:
    print(sys.prefix, (Path(__file__).parent / "page").read_text(), flush=True)
"""
"""Looks up its page at each click, as Streamlit does."""


class Releases:
    """A machine on which versions are installed by the script, of a program of three files."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.root = folder, folder / "opt"
        (folder / "pip").mkdir()
        self.make_pip("")
        python = folder / "python3"
        python.write_text(f'#!/bin/sh\nexec {sys.executable} -m venv --without-pip "$3"\n')
        python.chmod(0o755)
        here = {"PATH": f"{folder}:{os.environ['PATH']}", "PYTHONPATH": str(folder)}
        self.environment = os.environ | here | {"KYODO_ROOT": str(self.root)}

    def make_pip(self, program: str) -> None:
        """What stands in for pip in every new version."""
        (self.folder / "pip" / "__main__.py").write_text(program)

    def install(self, version: str) -> int:
        source, archive = self.folder / version, self.folder / f"{version}.tar"
        (source / "kyodo_geo").mkdir(parents=True, exist_ok=True)
        (source / "kyodo_geo" / "__main__.py").write_text(PROGRAM)
        (source / "kyodo_geo" / "page").write_text(f"page of {version}")
        (source / "requirements.txt").write_text("")
        (source / "requirements.txt").chmod(0o664)  # as `git archive` has it
        with tarfile.open(archive, "w") as tar:
            tar.add(source, ".")
        command = ["sh", str(DEPLOY / "install_release.sh"), version, str(archive)]
        return subprocess.run(command, env=self.environment, capture_output=True).returncode

    @contextmanager
    def started(self) -> Iterator[subprocess.Popen[str]]:
        """A process as the unit starts it."""
        [line] = [line for line in UNIT.read_text("utf-8").splitlines() if "ExecStart=" in line]
        command = line.removeprefix("ExecStart=").replace("/opt/kyodo-geo", str(self.root))
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
        with subprocess.Popen(shlex.split(command), text=True, cwd="/", **pipes) as process:
            yield process
            process.kill()

    def told(self, version: str) -> str:
        """What a process of a version answers."""
        return f"{self.root}/releases/{version}/.venv page of {version}\n"


def clicked(process: subprocess.Popen[str]) -> str:
    assert process.stdin and process.stdout
    process.stdin.write("click\n")
    process.stdin.flush()
    return process.stdout.readline()


def test_a_new_version_changes_nothing_for_processes_that_run(tmp_path: Path) -> None:
    releases = Releases(tmp_path)
    assert releases.install("1.0") == 0
    assert (releases.root / "releases/1.0/requirements.txt").stat().st_mode & 0o777 == 0o644
    with releases.started() as old:
        assert clicked(old) == releases.told("1.0")
        assert releases.install("2.0") == 0
        assert clicked(old) == releases.told("1.0")
        with releases.started() as new:
            assert clicked(new) == releases.told("2.0")

    releases.make_pip("raise SystemExit(1)")
    assert releases.install("3.0") != 0
    assert releases.install("1.0") != 0  # it is there
    assert sorted(path.name for path in (releases.root / "releases").iterdir()) == ["1.0", "2.0"]
    assert (releases.root / "current").resolve().name == "2.0"


def write_wheel(folder: Path, text: str) -> str:
    """Write a package of one module; returns the hash of its file."""
    files = {
        "tiny.py": text,
        "tiny-1.0.dist-info/METADATA": "Metadata-Version: 2.1\nName: tiny\nVersion: 1.0\n",
        "tiny-1.0.dist-info/WHEEL": "Wheel-Version: 1.0\nGenerator: x\nRoot-Is-Purelib: true\n"
        "Tag: py3-none-any\n",
        "tiny-1.0.dist-info/RECORD": "",
    }
    wheel = folder / "tiny-1.0-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return hashlib.sha256(wheel.read_bytes()).hexdigest()


def test_a_version_is_installed_from_a_folder_and_refuses_what_the_lock_does_not_hold(
    tmp_path: Path,
) -> None:
    (tmp_path / "packages").mkdir()
    sha256 = write_wheel(tmp_path / "packages", "")
    (tmp_path / "requirements.txt").write_text(f"tiny==1.0 --hash=sha256:{sha256}\n")
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "python3").symlink_to(Path(sys.executable).resolve())
    with tarfile.open(tmp_path / "program.tar", "w") as tar:
        tar.add(tmp_path / "requirements.txt", "requirements.txt")
    environment = os.environ | {
        "PATH": f"{tmp_path / 'bin'}:{os.environ['PATH']}",
        "KYODO_ROOT": str(tmp_path / "opt"),
        "PIP_NO_INDEX": "1",
        "PIP_FIND_LINKS": str(tmp_path / "packages"),
    }

    def install(version: str) -> subprocess.CompletedProcess[str]:
        command = ["sh", str(DEPLOY / "install_release.sh"), version, str(tmp_path / "program.tar")]
        return subprocess.run(command, env=environment, capture_output=True, text=True)

    assert install("1.0").returncode == 0
    assert list((tmp_path / "opt/releases/1.0/.venv/lib").glob("*/site-packages/tiny.py"))

    write_wheel(tmp_path / "packages", "print('not what was locked')")
    refused = install("2.0")
    assert refused.returncode != 0
    assert "DO NOT MATCH THE HASHES" in refused.stderr
    assert [path.name for path in (tmp_path / "opt/releases").iterdir()] == ["1.0"]
    assert (tmp_path / "opt/current").resolve().name == "1.0"


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd is not installed")
def test_the_unit_says_nothing_that_systemd_does_not_know(tmp_path: Path) -> None:
    unit = tmp_path / "kyodo-geo@8511.service"
    shutil.copy(UNIT, unit)
    command = ["systemd-analyze", "verify", "--man=no", str(unit)]
    done = subprocess.run(command, capture_output=True, text=True)
    assert [line for line in done.stderr.splitlines() if "kyodo-geo" in line] == []
