"""What can be found in files of reference data: the catalogue (D5)."""

from __future__ import annotations

from kyodo_geo.city import city
from kyodo_geo.tabular.findings import Catalogue, Severity

BLOCKS, WARNS, MENDED = Severity.BLOCKS, Severity.WARNS, Severity.MENDED
IN_GIS = "GISソフトで直し、もう一度選んでください。"


class ReferenceCheck(Catalogue):
    """D50 files of boundaries, D51 and D52 boundaries as districts, D53 their tables. What blocks,
    blocks the whole file: half of a map is none.
    """

    NOT_GEOGRAPHIC = (
        "D501",
        "",
        BLOCKS,
        "境界のファイル（GeoJSON、GeoPackage、ShapefileのZIP）ではありません",
        "GISソフトで、このどれかの形式に書き出してください。",
    )
    SHAPEFILE_ALONE = (
        "D502",
        "",
        BLOCKS,
        "Shapefileの .shp だけでは読めません",
        "同じ名前の .shp .shx .dbf .prj を、一つのZIPにまとめてください。",
    )
    SHAPEFILE_COUNT = (
        "D503",
        "",
        BLOCKS,
        "ZIPの中に、.shp がちょうど一つ必要です",
        "境界のShapefileだけを一つのZIPにまとめてください。",
    )
    SHAPEFILE_PARTS = (
        "D504",
        "",
        BLOCKS,
        "Shapefileの一部がありません",
        "同じ名前の .shp .shx .dbf .prj を、一つのZIPにまとめてください。",
    )
    LAYERS = (
        "D505",
        "",
        BLOCKS,
        "どのレイヤーが地区の境界か、一つに決まりません",
        "地区の面のレイヤーだけを、新しいファイルに書き出してください。",
    )
    VIEW = (
        "D506",
        "",
        BLOCKS,
        "表ではなく、ビュー（問い合わせ）のあるファイルです",
        "GISソフトで、境界のレイヤーだけを新しいGeoPackageに書き出してください。",
    )
    NO_POLYGONS = ("D507", "", BLOCKS, "面（ポリゴン）がありません", IN_GIS)
    OTHER_SHAPES = ("D508", "", WARNS, "面ではない図形は読みませんでした", "")
    CURVES = (
        "D509",
        "",
        BLOCKS,
        "曲線を含む図形です",
        "GISソフトで折れ線に直して（セグメント化して）ください。",
    )
    UNREADABLE_SHAPES = ("D510", "", BLOCKS, "読めない図形があります", IN_GIS)
    TOO_DETAILED = (
        "D511",
        "",
        BLOCKS,
        "境界が細かすぎます",
        "GISソフトで、1m ほどの許容差で簡略化してください。",
    )
    CRS_UNKNOWN = (
        "D512",
        "",
        BLOCKS,
        "座標系がわかりません",
        "座標系の情報（Shapefileでは .prj）をつけて書き出し直してください。",
    )
    CRS_GUESSED = (
        "D513",
        "",
        WARNS,
        "座標系の情報（.prj など）がないため、座標の値から決めました",
        "市の位置に合う座標系はこれだけですが、作った人に確かめてください。",
    )
    CRS_CONVERTED = ("D514", "", MENDED, "座標系を、地図の緯度経度（WGS84）に変換しました", "")
    OLD_DATUM = (
        "D515",
        "",
        WARNS,
        "古い測地系（日本測地系）です",
        "変換で数mから十数mずれることがあります。世界測地系のデータがあれば、そちらを使ってください。",
    )
    REPAIRED = ("D516", "", MENDED, "図形の誤り（自分と交わる線など）を直しました", "")
    BROKEN = (
        "D517",
        "",
        BLOCKS,
        "図形に誤り（自分と交わる線など）があり、直すと面積が大きく変わります",
        IN_GIS,
    )
    OUTLINES_CLOSED = (
        "D518",
        "",
        MENDED,
        "となり合う地区の細いすき間や重なりを、線を合わせてなくしました",
        "",
    )
    MATCHED = ("D519", "", MENDED, "図形を地区に対応させました", "")
    MATCHED_BY_OVERLAP = (
        "D520",
        "",
        WARNS,
        "番号も地区名もないため、いまの境界との重なりから地区を決めました",
        "表の地区が正しいか確かめてください。",
    )
    UNMATCHED = (
        "D521",
        "",
        BLOCKS,
        "どの地区かわからない図形があります",
        f"地区の番号（{city().district_range}）か地区名の列をつけるか、地区ではない図形を除いてください。",
    )
    MATCHED_TWICE = (
        "D522",
        "",
        BLOCKS,
        "地区の番号の列と名前の列が、違う地区を指す図形があります",
        "番号か名前を直してください。",
    )
    DISSOLVED = ("D523", "", MENDED, "同じ地区のいくつかの図形を、一つにまとめました", "")
    NOT_THE_DISTRICTS = (
        "D524",
        "",
        BLOCKS,
        f"市の{city().district_count}地区の境界として使えません",
        IN_GIS,
    )
    AREA_DIFFERS = (
        "D525",
        "",
        WARNS,
        "いまの境界と大きく違う（面積が20％より大きく変わるか、重なりが半分に満たない）地区があります",
        "図と表で、取り違えがないか確かめてください。",
    )
    TOO_WIDE = (
        "D526",
        "",
        BLOCKS,
        "図形につけられた属性の列が多すぎます",
        "地区の番号か名前の列だけを残してください。",
    )
    LEVEL_UNCLEAR = (
        "D533",
        "L3-06",
        BLOCKS,
        "地域か地区か、わかりません",
        f"「{city().shared_name}地域」「{city().shared_name}{city().district_noun}」のように書くか、"
        f"地区なら番号（{city().shared_name_district} など）で書いてください。",
    )
    REGION_UNKNOWN = ("D534", "L3-06", BLOCKS, "知らない地域です", "地域の名を確かめてください。")
    NO_DAY = (
        "D535",
        "L3-05",
        BLOCKS,
        "何日現在の値か、わかりません",
        "2024-02-29 や 令和6年2月末 のように書いてください。",
    )
    SUM_DIFFERS = (
        "D536",
        "",
        WARNS,
        "地区の人口の合計が、同じ日の地域の人口と違います",
        "数と日付を確かめてください。",
    )
    DISTRICTS_INCOMPLETE = (
        "D537",
        "",
        WARNS,
        f"{city().district_count}地区がそろった日がないため、「件/人口千人」は地域の値のままです",
        "同じ日の、すべての地区の人口を加えてください。",
    )
    NO_CONFIDENCE = (
        "D538",
        "L2-04",
        BLOCKS,
        "知らない確度です",
        "高・中・低（high・medium・low）のどれかを書いてください。",
    )
    TOWN_ELSEWHERE = (
        "D539",
        "",
        WARNS,
        "代表点が、書かれた地区の境界の外にあります",
        "地区と緯度・経度のどちらが正しいか確かめてください。",
    )
