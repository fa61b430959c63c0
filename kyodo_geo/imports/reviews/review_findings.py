"""What can be found in reviews: the catalogue (D6)."""

from __future__ import annotations

from kyodo_geo.tabular.findings import Catalogue, Severity
from kyodo_geo.vocabulary import Principle

BLOCKS = Severity.BLOCKS
PRINCIPLES = "、".join(principle.label for principle in Principle)


class ReviewCheck(Catalogue):
    """What blocks a review; of a file it blocks the row, an unknown column the whole file."""

    UNKNOWN_COLUMN = (
        "D601",
        "L1-05",
        BLOCKS,
        "知られていない考え方か項目です",
        f"考え方は七つ（{PRINCIPLES}）です。名前を直すか、要らない列なら消してください。",
    )
    ACTIVITY_UNKNOWN = (
        "D602",
        "",
        BLOCKS,
        "この番号の活動は、いまの版の記録にありません",
        "活動の番号を確かめてください。",
    )
    GRADE_MISSING = (
        "D603",
        "",
        BLOCKS,
        "まだ選んでいません",
        "四つの段階か「該当しない」を選んでください。",
    )
    GRADE_UNKNOWN = (
        "D604",
        "L2-04",
        BLOCKS,
        "ふりかえりの段階ではありません",
        "4（よくできた）、3（おおむねできた）、2（あまりできなかった）、1（できなかった）、"
        "該当しない のどれかを書いてください。",
    )
    TOO_LONG = ("D605", "", BLOCKS, "文字が多すぎます", "要点だけに短くしてください。")
    DAY_AHEAD = (
        "D606",
        "",
        BLOCKS,
        "ふりかえった日が、今日より後です",
        "ふりかえりをした日を書いてください。",
    )
    SETTLED_UNKNOWN = (
        "D607",
        "",
        BLOCKS,
        "次の一歩が済んだかどうか、わかりません",
        "済んだなら1、まだなら0を書いてください。",
    )
    SETTLED_NOTHING = (
        "D608",
        "",
        BLOCKS,
        "次の一歩が書かれていないのに、済んだことになっています",
        "次の一歩を書くか、済んだ印を外してください。",
    )
