"""Definitions of all exported columns: the source of headers, 項目定義書 and descriptors."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial

from kyodo_geo.city import city
from kyodo_geo.editions import Edition
from kyodo_geo.guideline.checks import CHECK_BY_ID
from kyodo_geo.vocabulary import KNOWN_FORMS, VOCABULARIES, ActorType, Effect, Grade, Principle


@dataclass(frozen=True)
class Column:
    """Definition of an exported column; `kind` is text, integer, number or date.

    A missing value is an empty cell, never zero. Allowed values are `values`, or the code list
    `codes` of the edition (see `choices`); cells hold several, separated by `;`, if `is_several`.
    Numbers lie between `least` and `most`, both included.
    """

    name: str
    label: str
    definition: str
    kind: str = "text"
    unit: str = ""
    is_required: bool = False
    values: tuple[str, ...] = ()
    codes: str = ""
    is_several: bool = False
    least: int | None = None
    most: int | None = None

    @property
    def limits(self) -> dict[str, int]:
        """`minimum` and `maximum`, as Table Schema and CSVW name them, if there are any."""
        limits = {"minimum": self.least, "maximum": self.most}
        return {name: limit for name, limit in limits.items() if limit is not None}


_required = partial(Column, is_required=True)
_set = partial(Column, is_several=True)
_required_set = partial(_set, is_required=True)
_yes_or_no = partial(_required, kind="integer", values=("1", "0"))


def _count(name: str, label: str, definition: str, unit: str = "件") -> Column:
    return _required(name, label, definition, "integer", unit, least=0)


def _degrees(name: str, label: str, most: int) -> Column:
    definition = f"行われた場所の{label}（世界測地系、十進の度）。空欄は記載なし"
    return Column(name, label, definition, "number", "度", least=-most, most=most)


EDITION = _required("edition", "版", "この表を作った版の番号", "integer", least=1)
ACTIVITY_ID = _required("activity_id", "活動の番号", "activities.csv の番号")
FISCAL_YEAR = Column(
    "fiscal_year",
    "年度",
    "4月から翌年3月まで。始まりの年（西暦）。空欄は不明",
    "integer",
    "年度",
    least=1900,
    most=2099,
)
DISTRICT_IDS = _set(
    "district_ids",
    "地区の番号",
    f"{city().district_range}、C00は全市。複数は;で区切る。空欄は地区不明",
    codes="district",
)
DISTRICT_NAMES = _set(
    "district_names", "地区の名称", "地区の名称。複数は;で区切る", codes="district_label"
)
SOURCE = Column("source", "出典", "資料の所在")

ACTIVITY_COLUMNS: tuple[Column, ...] = (
    EDITION,
    _required("activity_id", "活動の番号", "活動1件に一つの番号"),
    _required("title", "名称", "活動の名称"),
    Column("summary", "概要", "活動の概要"),
    FISCAL_YEAR,
    Column("start_date", "開始日", "ISO 8601。空欄は不明", "date"),
    Column("end_date", "終了日", "ISO 8601。空欄は不明", "date"),
    DISTRICT_IDS,
    DISTRICT_NAMES,
    _set("regions", "地域", "地区の属する地域。複数は;で区切る。全市は空欄", codes="region"),
    _set(
        "forms_stated", "形態（明記）", "資料に明記された形態。複数は;で区切る", codes="form_label"
    ),
    _set(
        "forms_implied",
        "形態（推定）",
        "資料から推定した形態。複数は;で区切る。明記のみの表示では空欄",
        codes="form_label",
    ),
    _required_set("actors", "主体", "参加した主体の種類。複数は;で区切る", codes="actor_label"),
    _required_set(
        "scopes",
        "範囲",
        "指針の範囲。複数（;で区切る）は、どれか一つに決められないことを示す",
        codes="scope_label",
    ),
    _yes_or_no("is_kyodo", "協働か", "1: 協働、0: 協働ではない（市民の範囲・市の範囲）"),
    _required("field", "分野", "活動の分野", codes="field_label"),
    _required("status", "実施・予定", "予定は、結果を確認していないもの", codes="status_label"),
    Column(
        "participants_count", "参加者数", "概数を含む。空欄は記載なし", "integer", "人", least=0
    ),
    Column("city_cost_yen", "市の負担額", "空欄は記載なし", "integer", "円", least=0),
    _set("organisations", "団体名", "資料にある団体の名称。複数は;で区切る"),
    Column("note", "備考", "資料の読み取りについての注記"),
    SOURCE,
    Column("source_date", "資料の日付", "資料の日付（年・年月のみのこともある）"),
    _degrees("point_lat", "緯度", 90),
    _degrees("point_lng", "経度", 180),
    Column(
        "continues", "続きのもと", "この活動が引き継いだ活動の番号。空欄は、新しい活動か記載なし"
    ),
)

PLACE_COLUMNS: tuple[Column, ...] = (
    _required(
        "place_id",
        "番号",
        f"{city().district_range}: 地区、C00: 全市、C99: 地区不明、R: 地域、ALL: 合計",
        codes="place",
    ),
    _required(
        "kind",
        "種類",
        "district: 地区、citywide: 全市、unknown: 地区不明、region: 地域、all: 合計",
        values=("district", "citywide", "unknown", "region", "all"),
    ),
    _required("name", "名称", "地区・地域の名称"),
    Column("region", "地域", "属する地域", codes="region"),
    Column("area_km2", "面積", "地図の境界から計算した面積", "number", "平方キロメートル", least=0),
    _count("activities", "件数", "活動の数。複数の地区の活動はそれぞれに1件"),
    _count("kyodo", "うち協働", "件数のうち協働であるもの"),
    Column("per_10km2", "面積当たり", "件数÷面積×10", "number", "件/10平方キロメートル", least=0),
    Column("per_1000", "人口当たり", "件数÷人口×1000", "number", "件/千人", least=0),
    Column(
        "per_1000_basis",
        "人口当たりの単位",
        "region: 地域の値、district: 地区の値",
        values=("region", "district"),
    ),
    Column(
        "participants",
        "参加者数",
        "記載のある活動の合計。活動がなければ0、活動があって記載がなければ空欄",
        "integer",
        "人",
        least=0,
    ),
    _count("participants_known", "人数のわかる活動", "参加者数の記載がある活動"),
    _count("actor_kinds", "主体の種類", "参加した主体の種類の数（0〜6）", "種類"),
    *(_count(f"form_{form}", form.label, "延べ件数（推定を含む）") for form in KNOWN_FORMS),
    *(
        _count(f"form_{form}_stated", f"{form.label}（明記）", "延べ件数（明記のみ）")
        for form in KNOWN_FORMS
    ),
    _count("form_unknown", "形態不明", "形態のわからない活動"),
    *(_count(f"actor_{actor}", actor.label, "その主体が参加した活動") for actor in ActorType),
)

SHAPE_COLUMNS: tuple[Column, ...] = (
    _required("district_id", "地区の番号", city().district_range, codes="district"),
    *PLACE_COLUMNS[1:],
)
"""Properties of a feature in the GeoJSON."""

NOT_APPLICABLE = "該当しない"
"""Written for a grade if the principle does not apply (decision 28)."""

_GRADES = "、".join(f"{grade.step}: {grade.label}" for grade in Grade)
_EFFECTS = "、".join(effect.label for effect in Effect)

REVIEW_COLUMNS: tuple[Column, ...] = (
    EDITION,
    ACTIVITY_ID,
    Column("activity_title", "活動", "活動の名称。取り込むときは読まない"),
    _required("reviewed_on", "ふりかえった日", "ISO 8601", "date"),
    _required("reviewed_by", "ふりかえった人", "人か組織の名前"),
    *(
        column
        for p in Principle
        for column in (
            _required(
                str(p),
                p.label,
                f"{p.definition}（{_GRADES}、{NOT_APPLICABLE}）",
                values=(*(str(grade.step) for grade in Grade), NOT_APPLICABLE),
            ),
            Column(f"{p}_word", f"{p.label}のひとこと", "そう評価した理由"),
        )
    ),
    _set("expected_effects", "期待した効果", f"{_EFFECTS}。複数は;で区切る", codes="effect_label"),
    _set("seen_effects", "見られた効果", f"{_EFFECTS}。複数は;で区切る", codes="effect_label"),
    Column("lesson", "教訓", "やってみてわかったこと"),
    Column("next_step", "次の一歩", "次の協働に向けてすること"),
    _yes_or_no("is_settled", "次の一歩は済んだか", "1: 済んだ、0: まだか、次の一歩がない"),
)

LONG_COLUMNS: dict[str, tuple[Column, ...]] = {
    "activity_districts.csv": (
        ACTIVITY_ID,
        _required(
            "district_id",
            "地区の番号",
            f"{city().district_range}、C00は全市、C99は地区不明",
            codes="place",
        ),
    ),
    "activity_forms.csv": (
        ACTIVITY_ID,
        _required("form", "形態", "codes.csv の形態", codes="form"),
        _required(
            "certainty", "確実度", "stated: 明記、implied: 推定", values=("stated", "implied")
        ),
    ),
    "activity_actors.csv": (
        ACTIVITY_ID,
        _required("actor_type", "主体", "codes.csv の主体", codes="actor"),
    ),
}

CODE_COLUMNS: tuple[Column, ...] = (
    _required(
        "kind",
        "種類",
        "actor: 主体、form: 形態、scope: 範囲、certainty: 確実度、status: 実施・予定、"
        "field: 分野、effect: 期待される効果、principle: 考え方、grade: ふりかえりの段階、"
        "effort: 推進方針",
        values=tuple(VOCABULARIES),
    ),
    _required("id", "記号", "プログラムやアドレスで用語を表す記号。種類の中で一つ"),
    _required("label", "用語", "画面と表に示す用語"),
    Column("definition", "定義", "用語の意味"),
)

ACTION_COLUMNS: tuple[Column, ...] = (
    EDITION,
    FISCAL_YEAR,
    _required("effort", "推進方針", "市の三つの取り組みのどれか", codes="effort_label"),
    _required("title", "名称", "取り組みの名称"),
    Column("summary", "概要", "取り組みの概要"),
    Column(
        "amount_yen",
        "金額",
        "資料にある額。意味は資料により違い、合計できない。空欄は記載なし",
        "integer",
        "円",
        least=0,
    ),
    Column("amount_note", "金額の確かさ", "概数か、予算か決算か、だれの資料か"),
    SOURCE,
)

CHECK_COLUMNS: tuple[Column, ...] = (
    EDITION,
    _required("check_id", "点検の番号", "変わることのない番号", values=tuple(CHECK_BY_ID)),
    _required("check_title", "点検", "気づいたこと"),
    ACTIVITY_ID,
    _required("activity_title", "活動", "活動の名称"),
    FISCAL_YEAR,
    DISTRICT_IDS,
    DISTRICT_NAMES,
    SOURCE,
)

ABOUT_COLUMNS: tuple[Column, ...] = (
    _required("item", "項目", "何についての説明か"),
    _required("text", "説明", "版、対象、数え方、出典、ライセンスなど"),
)

DEFINITION_COLUMNS: tuple[Column, ...] = (
    _required("file", "ファイル", "列のあるファイル（Excelではシート）"),
    _required("name", "列名", "1行目にある名前"),
    _required("label", "項目", "画面での呼び名"),
    _required("definition", "定義", "値の意味"),
    _required(
        "type",
        "型",
        "text: 文字、integer: 整数、number: 数、date: 日付（ISO 8601）",
        values=("text", "integer", "number", "date"),
    ),
    Column("unit", "単位", "数の単位。空欄は単位なし"),
    _required("missing", "値がないとき", "値がないことの書き方"),
)

OF_ACTIVITIES = ("district", "citywide")

PLACE_LISTS: Mapping[str, Callable[[Edition], list[str]]] = {
    "place": lambda edition: [place.place_id for place in edition.places],
    "district": lambda edition: [p.place_id for p in edition.places if p.kind in OF_ACTIVITIES],
    "district_label": lambda edition: [p.label for p in edition.places if p.kind in OF_ACTIVITIES],
    "region": lambda edition: [p.region for p in edition.places if p.kind == "region"],
}
CODES_OF_KIND = "SELECT id, label, bit FROM code WHERE kind = $kind ORDER BY ordinal"


def choices(edition: Edition, column: Column) -> tuple[str, ...]:
    """Return the allowed values of a column (of each value of a set); empty if any is allowed."""
    if column.values or not column.codes:
        return column.values
    if column.codes in PLACE_LISTS:
        return tuple(PLACE_LISTS[column.codes](edition))
    kind, _, what = column.codes.partition("_")
    rows = edition.rows(CODES_OF_KIND, {"kind": kind})
    return tuple(row.label if what == "label" else row.id for row in rows)


def one_of(values: Iterable[str]) -> str:
    """Build a regular expression that matches one of `values`, valid in all common dialects."""
    # re.escape also escapes spaces, which not all dialects allow.
    return "|".join(re.escape(value).replace("\\ ", " ") for value in values)


def names(columns: Iterable[Column]) -> tuple[str, ...]:
    """Return the names of columns, as in the header of a file."""
    return tuple(column.name for column in columns)


def definitions(tables: Iterable[tuple[str, Iterable[Column]]]) -> list[tuple[str, ...]]:
    """Build the rows of the 項目定義書: one per column of each file."""
    return [
        (file, c.name, c.label, c.definition, c.kind, c.unit, "空欄")
        for file, columns in tables
        for c in columns
    ]
