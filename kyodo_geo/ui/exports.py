"""The export panel: files of the filtered view, built at the click."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from kyodo_geo.editions import Edition
from kyodo_geo.export import FORMATS, cp932_changes, export_bytes, file_name
from kyodo_geo.model import Filters


def export_panel(edition: Edition, filters: Filters) -> None:
    """A button a format; nothing is built before it is clicked."""
    st.html("<h2 class=kg-section>ファイルにする</h2>")
    with st.container(horizontal=True, key="kg_export"):
        for format_id, form in FORMATS.items():
            st.download_button(
                form.label,
                data=_builder(edition, filters, format_id),
                file_name=file_name(edition, filters, format_id),
                mime=form.mime,
                key=f"kg_export_{format_id}",
                on_click="ignore",
            )
    with st.expander("Shift_JIS（CP932）で変わる文字を調べる"):
        if st.button("調べる", key="kg_cp932"):
            _say_changes(edition, filters)
    st.caption(
        "いまの絞り込みの活動を書き出します。ZIPには項目定義書・コード表・説明が入ります。"
        "ライセンスは CC BY 4.0 です。"
    )


def _builder(edition: Edition, filters: Filters, format_id: str) -> Callable[[], bytes]:
    return lambda: export_bytes(edition, filters, format_id)[0]


def _say_changes(edition: Edition, filters: Filters) -> None:
    changes = cp932_changes(edition, filters)
    if not changes.cells:
        st.write("変わる文字はありません。")
        return
    characters = "、".join(f"{c}（{n}回）" for c, n in changes.characters.items())
    st.write(f"{changes.cells:,}個のセルが変わります。")
    if characters:
        st.text(f"〓に置き換わる文字: {characters}")
