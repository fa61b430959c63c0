"""All pages, in the sections of the navigation."""

from __future__ import annotations

from dataclasses import dataclass

from kyodo_geo.auth.roles import Role


@dataclass(frozen=True)
class PageCard:
    """A page: its address, its title, the question it answers, and the role it needs."""

    path: str
    title: str
    question: str
    role: Role = Role.READER


SECTIONS: dict[str, tuple[PageCard, ...]] = {
    "": (
        PageCard("density", "協働の密度", "どの地区で、どれだけ"),
        PageCard("forms", "協働の形態", "どんな形で"),
        PageCard("actors", "協働の主体", "だれと"),
        PageCard("district", "地区カルテ", "わたしたちの地区は"),
        PageCard("compare", "地区の比較", "ならべて見ると"),
    ),
    "活動": (
        PageCard("activities", "活動一覧", "何が行われたか"),
        PageCard("cases", "事例", "どんな協働が、できているか"),
        PageCard("review", "ふりかえり", "次の協働に、何をつなげるか"),
    ),
    "指針": (
        PageCard("guide", "協働の指針", "協働とは何か、どう選ぶか"),
        PageCard("promotion", "推進方針", "市は、約束をどう果たしているか"),
    ),
    "記録": (
        PageCard("edit", "記録を直す", "1件ずつ加える、直す", Role.COUNCIL),
        PageCard("proposals", "提案", "地区から、記録をよくする", Role.COUNCIL),
        PageCard("import", "取り込み", "記録を加える、直す", Role.OFFICIAL),
        PageCard("reference", "基礎資料", "境界・人口・町名表を入れ替える", Role.OFFICIAL),
        PageCard("history", "版の履歴", "いつ、だれが、何を変えたか"),
        PageCard("checks", "記録の点検", "指針に照らして、何が足りないか"),
        PageCard("about", "このデータについて", "どこから、どう数えたか"),
        PageCard("api", "オープンデータ", "ほかのソフトで、どう読むか"),
        PageCard("accessibility", "ウェブアクセシビリティ方針", "だれもが使えるように"),
    ),
}
"""Pages per section; those of the first stand in the navigation itself, others in menus."""

PAGES = {card.path: card for cards in SECTIONS.values() for card in cards}
START_PAGE = "density"
