"""What every exported column means: the source of headers and of the 項目定義書."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from kyodo_geo.city import city
from kyodo_geo.guideline.checks import CHECK_BY_ID
from kyodo_geo.vocabulary import (
    KNOWN_FORMS,
    VOCABULARIES,
    ActorType,
    Effect,
    Grade,
    Principle,
)


@dataclass(frozen=True)
class Column:
    """One exported column. `kind` is text, integer, number or date.

    A missing value is always an empty cell, never zero. What can stand in it: `values` if they
    are always the same, or `codes`, the name of a list of the edition (`choices.py`); several
    of them, parted by `;`, where `is_several`. Numbers lie between `least` and `most`.
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


YEARS: dict[str, Any] = {"least": 1900, "most": 2099}
YES_OR_NO: dict[str, Any] = {"is_required": True, "values": ("1", "0")}


def _edition() -> Column:
    return Column("edition", "版", "この表を作った版の番号", "integer", is_required=True, least=1)


def _of_activity() -> Column:
    return Column("activity_id", "活動の番号", "activities.csv の番号", is_required=True)


def _fiscal_year() -> Column:
    definition = "4月から翌年3月まで。始まりの年（西暦）。空欄は不明"
    return Column("fiscal_year", "年度", definition, "integer", "年度", **YEARS)


def _district_ids() -> Column:
    definition = f"{city().district_range}、C00は全市。複数は;で区切る。空欄は地区不明"
    return Column("district_ids", "地区の番号", definition, codes="district", is_several=True)


def _district_names() -> Column:
    definition = "地区の名称。複数は;で区切る"
    return Column(
        "district_names", "地区の名称", definition, codes="district_label", is_several=True
    )


def _count(name: str, label: str, definition: str, unit: str = "件") -> Column:
    return Column(name, label, definition, "integer", unit, is_required=True, least=0)


ACTIVITY_COLUMNS: tuple[Column, ...] = (
    _edition(),
    Column("activity_id", "活動の番号", "活動1件に一つの番号", is_required=True),
    Column("title", "名称", "活動の名称", is_required=True),
    Column("summary", "概要", "活動の概要"),
    _fiscal_year(),
    Column("start_date", "開始日", "ISO 8601。空欄は不明", "date"),
    Column("end_date", "終了日", "ISO 8601。空欄は不明", "date"),
    _district_ids(),
    _district_names(),
    Column(
        "regions",
        "地域",
        "地区の属する地域。複数は;で区切る。全市は空欄",
        codes="region",
        is_several=True,
    ),
    Column(
        "forms_stated",
        "形態（明記）",
        "資料に明記された形態。複数は;で区切る",
        codes="form_label",
        is_several=True,
    ),
    Column(
        "forms_implied",
        "形態（推定）",
        "資料から推定した形態。複数は;で区切る。明記のみの表示では空欄",
        codes="form_label",
        is_several=True,
    ),
    Column(
        "actors",
        "主体",
        "参加した主体の種類。複数は;で区切る",
        is_required=True,
        codes="actor_label",
        is_several=True,
    ),
    Column(
        "scopes",
        "範囲",
        "指針の範囲。複数（;で区切る）は、どれか一つに決められないことを示す",
        is_required=True,
        codes="scope_label",
        is_several=True,
    ),
    Column(
        "is_kyodo",
        "協働か",
        "1: 協働、0: 協働ではない（市民の範囲・市の範囲）",
        "integer",
        **YES_OR_NO,
    ),
    Column("field", "分野", "活動の分野", is_required=True, codes="field_label"),
    Column(
        "status",
        "実施・予定",
        "予定は、結果を確認していないもの",
        is_required=True,
        codes="status_label",
    ),
    Column(
        "participants_count", "参加者数", "概数を含む。空欄は記載なし", "integer", "人", least=0
    ),
    Column("city_cost_yen", "市の負担額", "空欄は記載なし", "integer", "円", least=0),
    Column("organisations", "団体名", "資料にある団体の名称。複数は;で区切る", is_several=True),
    Column("note", "備考", "資料の読み取りについての注記"),
    Column("source", "出典", "資料の所在"),
    Column("source_date", "資料の日付", "資料の日付（年・年月のみのこともある）"),
    Column(
        "point_lat",
        "緯度",
        "行われた場所の緯度（世界測地系、十進の度）。空欄は記載なし",
        "number",
        "度",
        least=-90,
        most=90,
    ),
    Column(
        "point_lng",
        "経度",
        "行われた場所の経度（世界測地系、十進の度）。空欄は記載なし",
        "number",
        "度",
        least=-180,
        most=180,
    ),
    Column(
        "continues", "続きのもと", "この活動が引き継いだ活動の番号。空欄は、新しい活動か記載なし"
    ),
)

PLACE_COLUMNS: tuple[Column, ...] = (
    Column(
        "place_id",
        "番号",
        f"{city().district_range}: 地区、C00: 全市、C99: 地区不明、R: 地域、ALL: 合計",
        is_required=True,
        codes="place",
    ),
    Column(
        "kind",
        "種類",
        "district: 地区、citywide: 全市、unknown: 地区不明、region: 地域、all: 合計",
        is_required=True,
        values=("district", "citywide", "unknown", "region", "all"),
    ),
    Column("name", "名称", "地区・地域の名称", is_required=True),
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
    Column("district_id", "地区の番号", city().district_range, is_required=True, codes="district"),
    *PLACE_COLUMNS[1:],
)
"""What the GeoJSON says of each district beside its shape."""

NOT_APPLICABLE = "該当しない"
"""What stands in place of a grade where a principle does not apply."""

_GRADES = "、".join(f"{grade.step}: {grade.label}" for grade in Grade)
_EFFECTS = "、".join(effect.label for effect in Effect)

REVIEW_COLUMNS: tuple[Column, ...] = (
    _edition(),
    _of_activity(),
    Column("activity_title", "活動", "活動の名称。取り込むときは読まない"),
    Column("reviewed_on", "ふりかえった日", "ISO 8601", "date", is_required=True),
    Column("reviewed_by", "ふりかえった人", "人か組織の名前", is_required=True),
    *(
        column
        for p in Principle
        for column in (
            Column(
                str(p),
                p.label,
                f"{p.definition}（{_GRADES}、{NOT_APPLICABLE}）",
                is_required=True,
                values=(*(str(grade.step) for grade in Grade), NOT_APPLICABLE),
            ),
            Column(f"{p}_word", f"{p.label}のひとこと", "そう評価した理由"),
        )
    ),
    Column(
        "expected_effects",
        "期待した効果",
        f"{_EFFECTS}。複数は;で区切る",
        codes="effect_label",
        is_several=True,
    ),
    Column(
        "seen_effects",
        "見られた効果",
        f"{_EFFECTS}。複数は;で区切る",
        codes="effect_label",
        is_several=True,
    ),
    Column("lesson", "教訓", "やってみてわかったこと"),
    Column("next_step", "次の一歩", "次の協働に向けてすること"),
    Column(
        "is_settled",
        "次の一歩は済んだか",
        "1: 済んだ、0: まだか、次の一歩がない",
        "integer",
        **YES_OR_NO,
    ),
)

LONG_COLUMNS: dict[str, tuple[Column, ...]] = {
    "activity_districts.csv": (
        _of_activity(),
        Column(
            "district_id",
            "地区の番号",
            f"{city().district_range}、C00は全市、C99は地区不明",
            is_required=True,
            codes="place",
        ),
    ),
    "activity_forms.csv": (
        _of_activity(),
        Column("form", "形態", "codes.csv の形態", is_required=True, codes="form"),
        Column(
            "certainty",
            "確実度",
            "stated: 明記、implied: 推定",
            is_required=True,
            values=("stated", "implied"),
        ),
    ),
    "activity_actors.csv": (
        _of_activity(),
        Column("actor_type", "主体", "codes.csv の主体", is_required=True, codes="actor"),
    ),
}

CODE_COLUMNS: tuple[Column, ...] = (
    Column(
        "kind",
        "種類",
        "actor: 主体、form: 形態、scope: 範囲、certainty: 確実度、status: 実施・予定、"
        "field: 分野、effect: 期待される効果、principle: 考え方、grade: ふりかえりの段階、"
        "effort: 推進方針",
        is_required=True,
        values=tuple(VOCABULARIES),
    ),
    Column("id", "記号", "プログラムやアドレスで用語を表す記号。種類の中で一つ", is_required=True),
    Column("label", "用語", "画面と表に示す用語", is_required=True),
    Column("definition", "定義", "用語の意味"),
)

ACTION_COLUMNS: tuple[Column, ...] = (
    _edition(),
    _fiscal_year(),
    Column(
        "effort",
        "推進方針",
        "市の三つの取り組みのどれか",
        is_required=True,
        codes="effort_label",
    ),
    Column("title", "名称", "取り組みの名称", is_required=True),
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
    Column("source", "出典", "資料の所在"),
)

CHECK_COLUMNS: tuple[Column, ...] = (
    _edition(),
    Column(
        "check_id",
        "点検の番号",
        "変わることのない番号",
        is_required=True,
        values=tuple(CHECK_BY_ID),
    ),
    Column("check_title", "点検", "気づいたこと", is_required=True),
    _of_activity(),
    Column("activity_title", "活動", "活動の名称", is_required=True),
    _fiscal_year(),
    _district_ids(),
    _district_names(),
    Column("source", "出典", "資料の所在"),
)

ABOUT_COLUMNS: tuple[Column, ...] = (
    Column("item", "項目", "何についての説明か", is_required=True),
    Column("text", "説明", "版、対象、数え方、出典、ライセンスなど", is_required=True),
)

DEFINITION_COLUMNS: tuple[Column, ...] = (
    Column("file", "ファイル", "列のあるファイル（Excelではシート）", is_required=True),
    Column("name", "列名", "1行目にある名前", is_required=True),
    Column("label", "項目", "画面での呼び名", is_required=True),
    Column("definition", "定義", "値の意味", is_required=True),
    Column(
        "type",
        "型",
        "text: 文字、integer: 整数、number: 数、date: 日付（ISO 8601）",
        is_required=True,
        values=("text", "integer", "number", "date"),
    ),
    Column("unit", "単位", "数の単位。空欄は単位なし"),
    Column("missing", "値がないとき", "値がないことの書き方", is_required=True),
)


def names(columns: Iterable[Column]) -> tuple[str, ...]:
    """The header of a table."""
    return tuple(column.name for column in columns)


def definitions(tables: Iterable[tuple[str, Iterable[Column]]]) -> list[tuple[str, ...]]:
    """Rows of the 項目定義書: one row a column of a file."""
    return [
        (file, c.name, c.label, c.definition, c.kind, c.unit, "空欄")
        for file, columns in tables
        for c in columns
    ]
