"""What kind of file it is, and whether it is safe to open: looked at before any parser does."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from enum import StrEnum
from xml.parsers import expat

from kyodo_geo.tabular.finding_kinds import FileFinding
from kyodo_geo.tabular.findings import FileRefused
from kyodo_geo.tabular.size_limits import Extent, refuse_too_large

MOST_BYTES = 20 * 1024 * 1024
MOST_UNCOMPRESSED = 500_000_000
"""A sheet of 200,000 rows takes about half of this."""

CHUNK = 1 << 20
DAMAGES = (
    *(zipfile.BadZipFile, zlib.error, struct.error, expat.ExpatError, EOFError, OSError),
    *(NotImplementedError, ValueError, LookupError),  # sizes, names and methods that can't be
)

IMAGES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\x00", b"MM\x00*")
OLE = b"\xd0\xcf\x11\xe0"
ZIP = b"PK\x03\x04"
ENCRYPTED_OFFICE = "EncryptedPackage".encode("utf-16-le")
ODS_MIME = b"application/vnd.oasis.opendocument.spreadsheet"


class FileKind(StrEnum):
    """Way to read a file."""

    TEXT = "text"
    WORKBOOK = "workbook"


def kind_of(content: bytes) -> FileKind:
    """The kind of a file by its content; its name does not count.

    Raises FileRefused for what is no table, too large or not safe to open.
    """
    if not content.strip(b"\x00 \t\r\n\xef\xbb\xbf"):
        raise FileRefused(FileFinding.EMPTY_FILE)
    if len(content) > MOST_BYTES:
        raise FileRefused(FileFinding.TOO_LARGE)
    if content.startswith(ZIP):
        _check_archive(content)
        return FileKind.WORKBOOK
    _refuse_other_kinds(content)
    return FileKind.TEXT


def _refuse_other_kinds(content: bytes) -> None:
    if content.startswith(OLE):
        raise FileRefused(
            FileFinding.PASSWORD if ENCRYPTED_OFFICE in content else FileFinding.OLD_EXCEL
        )
    if content[:1024].lstrip().startswith(b"%PDF"):
        raise FileRefused(FileFinding.PDF)
    if content.startswith(IMAGES) or content[8:12] == b"WEBP":
        raise FileRefused(FileFinding.IMAGE)
    start = content[:1024].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    if start.startswith((b"<html", b"<!doctype", b"<table", b"<?xml", b"{\\rtf")):
        raise FileRefused(FileFinding.OTHER_KIND)


def _check_archive(content: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _refuse_foreign(archive)
            _refuse_bombs(archive)
    except DAMAGES as error:
        raise FileRefused(FileFinding.DAMAGED) from error
    except RuntimeError as error:  # zipfile's way to ask for a password
        raise FileRefused(FileFinding.PASSWORD) from error


def _refuse_foreign(archive: zipfile.ZipFile) -> None:
    names = set(archive.namelist())
    if "xl/workbook.xml" in names or "xl/workbook.bin" in names:
        return
    if "mimetype" not in names or archive.read("mimetype").strip() != ODS_MIME:
        raise FileRefused(FileFinding.OTHER_KIND)
    manifest = "META-INF/manifest.xml"
    if manifest in names and b"encryption-data" in archive.read(manifest):
        raise FileRefused(FileFinding.PASSWORD)


def _refuse_bombs(archive: zipfile.ZipFile) -> None:
    # What an archive says of its sizes may be a lie: what comes out is counted.
    if sum(part.file_size for part in archive.infolist()) > MOST_UNCOMPRESSED:
        raise FileRefused(FileFinding.ZIP_BOMB)
    total = 0
    for part in archive.infolist():
        # What is not well-formed may keep a faster parser busy for ever.
        extent = Extent()
        parser = _xml_parser() if part.filename.endswith((".xml", ".rels")) else None
        with archive.open(part) as stream:
            while chunk := stream.read(CHUNK):
                total += len(chunk)
                if total > MOST_UNCOMPRESSED:
                    raise FileRefused(FileFinding.ZIP_BOMB)
                if parser:
                    parser.Parse(chunk, False)
                    extent.read(chunk)
        if parser and part.file_size:
            parser.Parse(b"", True)
        refuse_too_large(extent.rows, extent.columns)


def _xml_parser() -> expat.XMLParserType:
    """A parser that stops at the first declaration of entities."""

    def refuse(*_: object) -> None:
        raise FileRefused(FileFinding.XML_ENTITIES)

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = refuse
    return parser
