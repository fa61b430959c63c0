"""The command line: what it says, what it writes and how it refuses."""

from __future__ import annotations

import csv
import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from kyodo_geo.cli.app import app
from kyodo_geo.editions import EditionStore, Publication
from kyodo_geo.errors import KyodoError
from kyodo_geo.export import FORMATS
from kyodo_geo.filters.query_string import FILTER_KEYS
from kyodo_geo.settings import PROJECT_DIR, Settings, read_settings


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_init_makes_the_first_edition_once(tmp_path: Path) -> None:
    first, again = run("--data-dir", tmp_path, "init"), run("init", "--data-dir", tmp_path)
    assert (first.exit_code, again.exit_code) == (0, 0)
    assert "第1版" in first.stdout and "を作りました（活動348件）" in first.stdout
    assert again.stdout == "版はもうあります（最新は第1版）。何もしませんでした。\n"
    assert EditionStore(tmp_path / "editions").numbers() == [1]


def test_data_dir_before_and_after_the_command_and_from_the_environment(data_dir: Path) -> None:
    assert run("info").exit_code == 0
    assert run("info", "--data-dir", data_dir / "none").exit_code == 1
    assert run("--data-dir", data_dir / "none", "info").exit_code == 1
    assert run("--data-dir", data_dir / "none", "info", "--data-dir", data_dir).exit_code == 0


def test_info_as_tables(data_dir: Path) -> None:
    shown = run("info")
    assert "全期間の協働は257件（実件数）。" in shown.stdout
    for name in ("花巻中央", "田瀬", "全市", "地区不明", "東和地域", "形態不明", "個人"):
        assert name in shown.stdout


def test_info_as_json(data_dir: Path) -> None:
    told = json.loads(run("info", "--json", "--form", "共催", "--form", "委託").stdout)
    assert told["edition"]["number"] == 1
    assert told["filters"] == {"form": ["co_hosting", "commission"]}
    assert len([place for place in told["places"] if place["kind"] == "district"]) == 27
    of_forms = {form["label"]: form["activities"] for form in told["forms"]}
    assert of_forms["共催"] + of_forms["委託"] == told["places"][-1]["activities"] > 0
    assert [actor["label"] for actor in told["actors"]][-1] == "市"


def test_editions_are_listed(data_dir: Path) -> None:
    assert "初期データ" in run("editions").stdout
    [entry] = json.loads(run("editions", "--json").stdout)
    assert (entry["number"], entry["activities_added"]) == (1, 348)


@pytest.mark.parametrize("command", ["info", "export"])
def test_every_filter_is_an_option(command: str) -> None:
    shown = run(command, "--help").stdout
    assert all(f" {key.option} " in shown for key in FILTER_KEYS)


@pytest.mark.parametrize("format_id", FORMATS)
def test_export_writes_every_format(data_dir: Path, tmp_path: Path, format_id: str) -> None:
    target = tmp_path / "view"
    asked = ("export", "--format", format_id, "--out", target, "--district", "花北", "--describe")
    done = run(*asked)
    assert done.exit_code == 0, done.output
    assert "件を書き出しました" in done.stdout
    assert target.stat().st_size > 100
    described = {path.name.removeprefix("view") for path in tmp_path.glob("view-*")}
    both = {"-datapackage.json", "-metadata.json"}
    assert described == {"zip": set(), "csv": both, "csv-cp932": both}.get(
        format_id, {"-datapackage.json"}
    )


def test_export_says_what_cp932_had_to_change(data_dir: Path, tmp_path: Path) -> None:
    rename = "UPDATE activity SET title = '𠮷野桜を守る会' WHERE id = 'P0003'"
    EditionStore(data_dir / "editions").publish(
        lambda con: con.execute(rename), Publication("test", "test", "test")
    )
    view = ("--with-context", "--keyword", "公共交通基本計画の策定")
    changed = run("export", "--format", "csv-cp932", "--out", tmp_path / "a.csv", *view)
    kept = run("export", "--format", "csv", "--out", tmp_path / "b.csv", *view)
    assert "1個のセルで置き換えました" in changed.stdout
    assert "置き換え" not in kept.stdout
    assert "〓野桜を守る会" in (tmp_path / "a.csv").read_text("cp932")


def test_export_replaces_a_file_only_by_force(data_dir: Path, tmp_path: Path) -> None:
    target = tmp_path / "view.csv"
    target.write_text("大切")
    refused = run("export", "--out", target)
    assert refused.exit_code == 1
    assert "同じ名前のファイルがもうあります" in refused.stderr
    assert target.read_text() == "大切"
    assert run("export", "--out", target, "--force").exit_code == 0
    assert len(rows_of(target)) == 257
    other = tmp_path / "other.csv"
    (tmp_path / "other.csv-metadata.json").write_text("大切")
    assert run("export", "--out", other, "--describe").exit_code == 1
    assert not other.exists()


def test_export_of_nothing_is_a_header_that_says_so(data_dir: Path, tmp_path: Path) -> None:
    target = tmp_path / "view.csv"
    done = run("export", "--out", target, "--keyword", "そんな活動はない")
    assert done.exit_code == 0
    assert "条件に合う活動がない" in done.stdout
    assert rows_of(target) == []
    assert target.read_text("utf-8-sig").count("\n") == 1


@pytest.mark.parametrize(
    "arguments",
    [
        ("info", "--district", "C99x"),
        ("info", "--form", "共催い"),
        ("info", "--year-from", "20"),
        ("info", "--year-from", "2020", "--year-to", "2015"),
        ("info", "--status", "済"),
        ("info", "--keyword", "花" * 101),
        ("info", "--unknown"),
        ("export",),
        ("export", "--out", "x.pdf", "--format", "pdf"),
        ("demo", "--activities", "0", "--out", "x"),
        ("serve", "--port", "http"),
        ("nonsense",),
        (),
    ],
)
def test_wrong_use_is_exit_code_2(data_dir: Path, arguments: tuple[str, ...]) -> None:
    done = run(*arguments)
    assert done.exit_code == 2
    assert done.output


def test_everything_wrong_with_the_filters_is_said_at_once(data_dir: Path) -> None:
    done = run("info", "--form", "共催い", "--district", "C88", "--region", "盛岡")
    assert [line.split(":")[0] for line in done.stderr.splitlines()] == ["地域", "地区", "形態"]
    assert done.stdout == ""


def test_refusals_are_one_sentence_and_exit_code_1(data_dir: Path, tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("")
    refusals = {
        ("info", "--data-dir", tmp_path / "none"): "版のファイルがまだありません",
        ("init", "--data-dir", blocked): "データの置き場所: 書き込めない",
        ("export", "--out", tmp_path / "no folder" / "x.csv"): "書き込めませんでした",
        ("export", "--out", tmp_path, "--force"): "ファイルではないため",
        ("export", "--out", tmp_path / ("x" * 300)): "書き込めません",
        ("demo", "--activities", "10", "--out", data_dir): "もう版があります",
    }
    for arguments, sentence in refusals.items():
        done = run(*arguments)
        assert (done.exit_code, done.stdout) == (1, ""), arguments
        assert sentence in done.stderr
        assert len(done.stderr.splitlines()) == 1


def test_damaged_newest_edition_is_told_and_the_older_one_used(data_dir: Path) -> None:
    (data_dir / "editions" / "00002.duckdb").write_bytes(b"damaged")
    done = run("info", "--json")
    assert done.exit_code == 0
    assert json.loads(done.stdout)["edition"]["number"] == 1
    assert "00002.duckdb: 読めません" in done.stderr and "第1版" in done.stderr
    (data_dir / "editions" / "00001.duckdb").write_bytes(b"damaged")
    assert run("info").exit_code == 1


WRONG_SETTINGS = {
    "KYODO_PUBLIC_ADDRESS": "kyodo.example",
    "KYODO_GSI_TILES": "maybe",
    "KYODO_SUGGESTIONS": "maybe",
    "KYODO_FRAME_ANCESTORS": "*",
    "KYODO_LOCAL_OFFICIAL": "maybe",
    "KYODO_SIGN_IN": "saml",
    "KYODO_ACCOUNT_CLAIM": "",
    "KYODO_USER_HEADER": "X Remote User",
}


def test_settings_that_cannot_be_read_are_named_with_what_they_have_to_be(
    data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in WRONG_SETTINGS.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(KyodoError) as refusal:
        read_settings()
    assert f"{'、'.join(WRONG_SETTINGS)} の値が正しくありません" in refusal.value.sentence
    assert "KYODO_GSI_TILES は「true」か「false」です。" in refusal.value.sentence
    assert "文字列" not in refusal.value.sentence  # each has a word of its own
    assert "Input should be" not in refusal.value.sentence
    done = run("info")
    assert done.exit_code == 1
    assert len(done.stderr.splitlines()) == 1
    assert "gsi_tiles: Input should be" in done.stderr
    assert "errors.pydantic.dev" not in done.stderr


def test_a_file_of_settings_that_cannot_be_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "kyodo.toml"
    monkeypatch.setitem(Settings.model_config, "toml_file", file)
    refused = {
        "colour = 'red'": "KYODO_COLOUR という設定はありません",
        "=": "TOML として読めません",
    }
    for text, sentence in refused.items():
        file.write_text(text)
        with pytest.raises(KyodoError, match=sentence):
            read_settings()


def test_serve_says_why_it_cannot_listen(data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def started(*_: object) -> None:
        raise AssertionError("Streamlit would have been started")

    monkeypatch.setattr(os, "execv", started)
    with socket.create_server(("localhost", 0)) as other:
        port = other.getsockname()[1]
        refusals = {
            ("--port", port): f"ポート {port}: ほかのプログラム",
            (
                "--address",
                "300.1.1.1",
            ): "アドレス「300.1.1.1」: このコンピューターで待ち受けられません",
            ("--address", "192.0.2.1"): "アドレス「192.0.2.1」",
            ("--address", "花巻..jp"): "アドレス「花巻..jp」",
        }
        for arguments, sentence in refusals.items():
            done = run("serve", *arguments)
            assert (done.exit_code, done.stdout) == (1, "")
            assert done.stderr.startswith(sentence)
            assert len(done.stderr.splitlines()) == 1


def test_demo_is_a_data_folder_of_its_own(tmp_path: Path) -> None:
    done = run("demo", "--activities", "25", "--out", tmp_path)
    assert "架空データ25件の版を作りました" in done.stdout
    told = run("info", "--data-dir", tmp_path, "--with-context")
    assert told.stdout.startswith("【架空データ】第1版")
    assert "活動は25件" in told.stdout


def test_a_place_that_cannot_be_used_is_said_in_japanese(data_dir: Path, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    demo = run("demo", "--activities", "10", "--out", str(tmp_path / "file"))
    export = run("export", "--format", "csv", "--out", str(tmp_path / "ない" / "a.csv"))

    assert "（途中に、フォルダーではないものがあります）" in demo.stderr
    assert "--out に別の場所を" in demo.stderr and "KYODO_DATA_DIR" not in demo.stderr
    assert "（ファイルかフォルダーがありません）。フォルダーを先に作るか" in export.stderr


def test_real_process_refuses_without_a_traceback(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "kyodo_geo", "info", "--data-dir", str(tmp_path)]
    # A terminal of old times, which can't show Japanese.
    environment = os.environ | {"PYTHONIOENCODING": "ascii"}
    done = subprocess.run(
        command, capture_output=True, cwd=PROJECT_DIR, env=environment, check=False
    )
    assert (done.returncode, done.stdout) == (1, b"")
    assert done.stderr and b"Traceback" not in done.stderr


def test_serve_answers_and_stops_at_ctrl_c(data_dir: Path) -> None:
    with socket.socket() as free:
        free.bind(("localhost", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "kyodo_geo", "serve", "--port", str(port)]
    server = subprocess.Popen(command, cwd=PROJECT_DIR, stdout=subprocess.DEVNULL)
    try:
        assert is_healthy(port, server)
        server.send_signal(signal.SIGINT)
        server.wait(timeout=20)
    finally:
        server.kill()
        server.wait()


def is_healthy(port: int, server: subprocess.Popen[bytes]) -> bool:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and server.poll() is None:
        try:
            with urllib.request.urlopen(f"http://localhost:{port}/_stcore/health") as answer:
                return bool(answer.status == 200)
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.2)
    return False
