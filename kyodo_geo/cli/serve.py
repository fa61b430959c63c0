"""Command that runs the dashboard."""

from __future__ import annotations

import errno
import os
import socket
import sys
from typing import Annotated

import typer

from kyodo_geo.cli.options import DataDir
from kyodo_geo.errors import KyodoError
from kyodo_geo.seed.first_edition import ensure_first_edition
from kyodo_geo.settings import PROJECT_DIR, read_settings

UNUSABLE_PORTS = {
    errno.EADDRINUSE: (
        "ポート {port}",
        "ほかのプログラム（すでに動いているダッシュボードなど）が使っています",
        "それを止めるか、--port で別の番号を指定してください",
    ),
    errno.EACCES: (
        "ポート {port}",
        "この利用者では使えません",
        "--port で1024以上の番号を指定してください",
    ),
}
UNUSABLE_ADDRESS = (
    "アドレス「{address}」",
    "このコンピューターで待ち受けられません",
    "--address に localhost、0.0.0.0（すべて）か、このコンピューターのアドレスを指定してください",
)
"""Message if a server cannot listen, by error number: where, found, next step."""


def serve(
    *,
    port: Annotated[int, typer.Option(help="ポート番号", min=1, max=65535)] = 8501,
    address: Annotated[str, typer.Option(help="待ち受けるアドレス")] = "localhost",
    data_dir: DataDir = None,
) -> None:
    """ダッシュボードを動かす（止めるには Ctrl-C）。"""
    settings = read_settings(data_dir)
    _try_to_listen(address, port)
    ensure_first_edition(settings)
    os.environ["KYODO_DATA_DIR"] = str(settings.data_dir.resolve())
    options = ["--server.port", str(port), "--server.address", address]
    # Streamlit looks for its settings where it is started; it takes this process over,
    # so that Ctrl-C and signals reach it.
    command = [sys.executable, "-m", "streamlit", "run", "app.py", *options]
    os.chdir(PROJECT_DIR)
    os.execv(sys.executable, command)  # noqa: S606 - no shell is wanted


def _try_to_listen(address: str, port: int) -> None:
    """Raise KyodoError if a server cannot listen: Streamlit's own message is English."""
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    try:
        places = socket.getaddrinfo(address, port, family, socket.SOCK_STREAM)
        socket.create_server(places[0][4], family=family).close()
    except (OSError, UnicodeError) as error:  # UnicodeError: a name that no host can have
        where, found, next_step = UNUSABLE_PORTS.get(getattr(error, "errno", 0), UNUSABLE_ADDRESS)
        where = where.format(port=port, address=address)
        raise KyodoError(where, found, next_step=next_step, detail=str(error)) from error
