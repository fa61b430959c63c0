"""Parts of オープンデータ: the addresses for other programs, and how to read them there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol
from urllib.parse import quote

from kyodo_geo.city import city
from kyodo_geo.export.metadata.manifest import CAVEAT, COUNTING_RULE, LICENCE
from kyodo_geo.filters.query_string import FILTER_KEYS, NO, YES, FilterKey
from kyodo_geo.ui.components import prose
from kyodo_geo.ui.components.data_table import row_table, texts
from kyodo_geo.ui.components.parts import Addresses, AddressRow, Code, List, Part
from kyodo_geo.web.api_contract import CSV, EDITION, GEOJSON, LIMIT, OFFSET, PAGES_OF_ROWS

KINDS = {CSV: "CSV", GEOJSON: "GeoJSON"}

INTRODUCTION = (
    "ここにあるアドレスから、記録をほかのソフトに読み込めます。読むだけで、書き換えることはできません。"
    "上の絞り込みを変えると、下のアドレスと例もいっしょに変わります。件数は、同じ絞り込みのページと"
    "同じです。"
)
NOTES = (
    (
        "CSV",
        "文字コードは UTF-8（BOM付き）、改行は CRLF です。ページの「ファイルにする」と同じ表です。",
    ),
    (
        "JSON",
        "項目の名前は CSV と同じです。CSV で ; で区切る値は配列、空欄は null です。about に版、"
        "対象、数え方、出典、ライセンスが入ります。",
    ),
    (
        "活動の JSON",
        f"{PAGES_OF_ROWS.default_rows}件ずつ（limit で{PAGES_OF_ROWS.most_rows:,}件まで）返します。"
        "total が全部の件数、next が続きのアドレスです。途中で版が変わると 409 を返すので、最初から"
        "読み直してください。",
    ),
    (
        "項目の説明",
        "項目の名前、意味、型、単位、とりうる値の説明が、CSV と GeoJSON の隣にあります。"
        "activities.csv なら activities.csv-datapackage.json（Data Package）と "
        "activities.csv-metadata.json（CSVW。CSV だけ）です。絞り込みは同じように書けます。"
        "Link ヘッダーの describedby も、その説明を指します。ページの「ファイルにする」や"
        "「CSVにする」のファイルにもあります。ZIP には説明が入っています。",
    ),
    (
        "版と更新",
        "新しい版が公開されると、同じアドレスの中身が変わります。ETag と Last-Modified を見る"
        "ソフトは、変わったときだけ読み直します。",
    ),
    (
        "指定の誤り",
        "知らない指定や値は読み飛ばさず、400 と日本語の一文を返します"
        "（application/problem+json）。",
    ),
    (
        "続けて使うために",
        "/api/v1 の項目の名前と意味は変えません。変えるときは /api/v2 を並べて出します。",
    ),
    ("数え方", COUNTING_RULE),
    ("注意", CAVEAT),
    ("ライセンス", f"{LICENCE}。出典を示し、加工した場合はその旨を記してください。"),
)

EXCEL = (
    "［データ］タブの［データの取得］→［その他のデータソースから］→［Web から］を選びます。",
    "下のアドレスを貼り付けて［OK］を押します。接続の種類を聞かれたら［匿名］を選びます。",
    "元のファイルが「65001: Unicode (UTF-8)」、区切り記号が「コンマ」であることを確かめて、"
    "［読み込み］を押します。",
    "次からは［データ］→［すべて更新］で、新しい版の記録に変わります。",
)
EXCEL_CODE = """let
  Source = Csv.Document(Web.Contents("{{activities.csv}}"),
    [Delimiter = ",", Encoding = 65001, QuoteStyle = QuoteStyle.Csv]),
  Rows = Table.PromoteHeaders(Source, [PromoteAllScalars = true])
in
  Rows"""
QGIS = (
    "［レイヤ］→［データソースマネージャ］→［ベクタ］を開きます。",
    "ソースタイプで［プロトコル: HTTP(S)、クラウドなど］、タイプで［GeoJSON］を選びます。",
    "［URI］に下のアドレスを貼り付けて［追加］を押します。座標参照系は EPSG:4326 です。",
    "レイヤのプロパティの［シンボロジ］で［連続値による定義］を選び、値に activities（件数）や "
    "per_10km2（面積当たり）を選びます。",
)
R = (
    "RStudio などに下の例を貼り付けて実行します。CSV は R だけで読めます。",
    "地図にするには、先に sf パッケージを入れておきます。",
    "地区の番号（place_id と district_id）で、表と地図を結べます。",
)
R_CODE = """activities <- read.csv("{{activities.csv}}", fileEncoding = "UTF-8-BOM")
table(activities$fiscal_year)

library(sf)
districts <- st_read("{{districts.geojson}}")
plot(districts["activities"])"""
PYTHON = (
    "pandas を入れた Python で、下の例を実行します。CSV は pandas でそのまま読めます。",
    "JSON は、next がなくなるまで続きを読みます。",
)
PYTHON_CODE = """import json
from urllib.request import urlopen

import pandas as pd

places = pd.read_csv("{{measures/density.csv}}")

address, rows = "{{activities.json}}", []
while address:
    with urlopen(address) as answer:
        page = json.load(answer)
    rows += page["activities"]
    address = page["next"]
activities = pd.DataFrame(rows)"""


def introduction() -> Part:
    """What this page is for."""
    return prose.paragraph(INTRODUCTION)


class Address(Protocol):
    """What the page tells of one address of the API (`api/resources.py`)."""

    @property
    def path(self) -> str:
        """Its path below the API's own."""

    @property
    def title(self) -> str:
        """What it is called in Japanese."""

    @property
    def media_type(self) -> str:
        """The type of its answer."""

    @property
    def is_filtered(self) -> bool:
        """Whether the filters of a view narrow it."""


def address_tables(addresses: Sequence[Address]) -> tuple[Part, ...]:
    """All addresses, with the filters of the view where they take them."""
    return (
        prose.section("アドレス"),
        _table("記録（いまの絞り込みで）", *(one for one in addresses if one.is_filtered)),
        _table("説明（絞り込みなし）", *(one for one in addresses if not one.is_filtered)),
    )


def parameters() -> tuple[Part, ...]:
    """What may be written behind the question mark."""
    rows = [
        (key.key, (key.key, key.label, _value_of(key), "できます" if key.is_repeatable else "—"))
        for key in FILTER_KEYS
    ]
    paging = (
        (LIMIT, "件数", "活動だけ。多くて何件か"),
        (OFFSET, "飛ばす数", "活動だけ。最初の何件を飛ばすか"),
        (EDITION, "版", "活動だけ。この版でなければ 409 を返す"),
    )
    rows += [(name, (name, label, text, "—")) for name, label, text in paging]
    columns = texts("名前", "意味", "値", "いくつも指定")
    return (
        prose.section("指定"),
        prose.paragraph(
            "ページのアドレスと同じ名前と書き方です。日本語の用語でも、コード表の記号でも書けます。"
            "例: ?district=C03&form=co_hosting&form=subsidy。日本語の値は、ブラウザーのほかでは "
            f"{quote(city().regions[0])}（{city().regions[0]}）のように書きます（パーセントエンコーディング）。このページの"
            "アドレスと例は、そのまま使えます。"
        ),
        row_table("アドレスの ? の後に書けるもの", columns, rows, style="kg-wrapped"),
        prose.section("形式と約束"),
        prose.details(NOTES),
    )


def _value_of(key: FilterKey) -> str:
    """What may stand there: a command has a bare option where an address needs a value."""
    return f"{key.help}なら {YES}（{NO} は含めない）" if key.field == "with_context" else key.help


def recipes() -> tuple[Part, ...]:
    """Step by step for the four programs that offices and researchers use."""
    return (
        prose.section("読み込み方"),
        _recipe(
            "Excel（Power Query）",
            EXCEL,
            ("アドレス", "{{activities.csv}}"),
            ("詳細エディターに書く場合", EXCEL_CODE),
        ),
        _recipe("QGIS", QGIS, ("アドレス", "{{districts.geojson}}")),
        _recipe("R", R, ("R の例", R_CODE)),
        _recipe("Python", PYTHON, ("Python の例", PYTHON_CODE)),
    )


def _table(caption: str, *resources: Address) -> Part:
    rows = [
        AddressRow(one.path, f"{one.title}（{KINDS.get(one.media_type, 'JSON')}）", one.is_filtered)
        for one in resources
    ]
    return Addresses(caption, rows)


def _recipe(title: str, steps: tuple[str, ...], *codes: tuple[str, str]) -> Part:
    examples = [Code(f"{title} {label}", text) for label, text in codes]
    return prose.card(title, prose.heading(title), List(steps, "kg-numbered", True), *examples)
