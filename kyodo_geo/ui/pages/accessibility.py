"""Parts of ウェブアクセシビリティ方針: aim, test, results, exceptions, contact. Texts in data."""

from __future__ import annotations

from collections import Counter
from functools import cache
from typing import Any

import yaml

from kyodo_geo.city import city
from kyodo_geo.settings import SHIPPED_DATA_DIR, Settings
from kyodo_geo.ui.components import prose
from kyodo_geo.ui.components.data_table import row_table, texts
from kyodo_geo.ui.components.parts import Part

POLICY = (
    f"市民、{city().council_noun}、職員のだれもが、見え方、聞こえ方、動かし方によらずに、協働の記録を調べ、"
    "使えることをめざします。"
)
NO_CONTACT_YET = (
    "アクセシビリティの窓口は、まだ設定されていません（運用する部署が、設定 "
    "KYODO_ACCESSIBILITY_CONTACT で決めます）。それまでは、次の担当へお知らせください。"
)


@cache
def statement() -> dict[str, Any]:
    """What `data/accessibility.yml` states."""
    return _data("accessibility.yml")


@cache
def results() -> dict[str, Any]:
    """What `data/accessibility_results.yml` holds: methods, and a row for each criterion."""
    return _data("accessibility_results.yml")


def policy() -> tuple[Part, ...]:
    """What is aimed at, and how far the pages are."""
    stated = statement()
    pairs = (
        ("対象", stated["scope"]),
        ("規格", stated["standard"]),
        ("目標", stated["level"]),
        ("対応の度合い", f"{stated['degree']}。{stated['degree_told']}"),
    )
    return (
        prose.section("めざすこと"),
        prose.paragraph(POLICY),
        prose.details(pairs),
    )


def tested() -> tuple[Part, ...]:
    """When and with what the pages were tested, what came out and what was not tested."""
    stated = statement()
    pairs = (
        ("試験した日", str(stated["tested_on"])),
        ("道具", stated["tested_with"]),
        ("試験した範囲", stated["tested_states"]),
    )
    return (
        prose.section("試験とその結果"),
        prose.details(pairs),
        prose.points(stated["results"]),
        prose.heading("まだ行っていないこと"),
        prose.points(stated["not_done"]),
    )


def criteria() -> tuple[Part, ...]:
    """What came out for each criterion, and how it was found out."""
    found = results()
    counts = Counter(one["result"] for one in found["criteria"])
    told = "、".join(f"{result}{count}" for result, count in counts.most_common())
    pairs = (
        ("試験した日", str(found["tested_on"])),
        ("試験したページ", found["pages"]),
        ("結果", f"WCAG 2.2のレベルAとAAの達成基準{counts.total()}のうち、{told}"),
    )
    columns = texts("番号", "達成基準", "レベル", "結果", "確かめ方", "注記")
    rows = [(one["number"], _criterion(one, found["methods"])) for one in found["criteria"]]
    return (
        prose.section("達成基準ごとの試験結果"),
        prose.details(pairs),
        row_table("達成基準ごとの試験結果", columns, rows, style="kg-criteria"),
    )


def exceptions() -> tuple[Part, ...]:
    """What is not as it should be, why, and what can be used instead."""
    return (prose.section("いまある例外"), *map(_exception, statement()["exceptions"]))


def _data(name: str) -> dict[str, Any]:
    held: dict[str, Any] = yaml.safe_load((SHIPPED_DATA_DIR / name).read_text("utf-8"))
    return held


def _criterion(one: dict[str, Any], methods: dict[str, str]) -> tuple[str, ...]:
    how = "、".join(methods[method] for method in one.get("how", ()))
    return (one["number"], one["name"], one["level"], one["result"], how, one.get("note", ""))


def _exception(one: dict[str, Any]) -> Part:
    pairs = (
        ("達成基準", one["criterion"]),
        ("理由", one["why"]),
        ("代わりの方法", one["instead"]),
    )
    return prose.card(one["what"], prose.heading(one["what"]), prose.notes(pairs))


def contact(settings: Settings) -> tuple[Part, ...]:
    """Whom to tell of a barrier; says so where nobody has been named."""
    named = settings.accessibility_contact
    pairs = (
        ("窓口", named),
        ("担当", settings.contact_office),
        ("電話", settings.contact_tel),
        ("FAX", settings.contact_fax),
        ("メール", prose.mail_address(settings.contact_mail)),
    )
    request = "使いにくいところ、読めないところを知らせてください。"
    return (
        prose.section("知らせる先"),
        prose.paragraph(request if named else f"{request}{NO_CONTACT_YET}"),
        prose.details(pairs[:1] if named else pairs[1:]),
    )
