"""File formats of the export."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class ExportFormat:
    """File format; `mime` is its media type, `encoding` that of its text (empty: binary)."""

    format_id: str
    label: str
    extension: str
    mime: str
    encoding: str = ""

    @property
    def content_type(self) -> str:
        """Value of the HTTP header; with the charset for `text/*`."""
        is_plain = self.mime.startswith("text/")
        return f"{self.mime}; charset={self.encoding}" if is_plain else self.mime


FORMATS: dict[str, ExportFormat] = {
    item.format_id: item
    for item in (
        ExportFormat("csv", "CSV（UTF-8・BOM付き）", "csv", "text/csv", "utf-8"),
        # Decision 47: the one name in the WHATWG's list (CSVW asks for it), Python, Java, iconv.
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
