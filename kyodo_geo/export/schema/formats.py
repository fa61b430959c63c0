"""The kinds of file that can be exported."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class ExportFormat:
    """One kind of file; `mime` is its media type, `encoding` that of its text (empty: binary)."""

    format_id: str
    label: str
    extension: str
    mime: str
    encoding: str = ""

    @property
    def content_type(self) -> str:
        """The media type as HTTP says it, for a text in CSV with its encoding."""
        is_plain = self.mime.startswith("text/")
        return f"{self.mime}; charset={self.encoding}" if is_plain else self.mime


FORMATS: dict[str, ExportFormat] = {
    item.format_id: item
    for item in (
        ExportFormat("csv", "CSV（UTF-8・BOM付き）", "csv", "text/csv", "utf-8"),
        # Of its many names the one that the WHATWG's list, which CSVW asks for, shares with
        # Python, Java and iconv.
        ExportFormat("csv-cp932", "CSV（Shift_JIS／CP932）", "csv", "text/csv", "ms932"),
        ExportFormat(
            "xlsx",
            "Excel（.xlsx）",
            "xlsx",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        ),
        ExportFormat("geojson", "GeoJSON（地区の値）", "geojson", "application/geo+json", "utf-8"),
        ExportFormat("zip", "まとめてZIP", "zip", "application/zip"),
    )
}
