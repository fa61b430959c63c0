"""Scripts and styles for the browser, below an address that is named by their content.

A browser keeps them for good and never asks again. Another version of the program has another
address, so scripts of two versions never meet, whichever of several processes answers.
"""

from __future__ import annotations

import gzip
from dataclasses import dataclass
from functools import cache, cached_property
from hashlib import sha256
from importlib.resources import files
from pathlib import Path

import js_lib_leaflet

STATIC_DIR = Path(str(files("kyodo_geo.ui.components").joinpath("static")))
MAP_DIR = Path(str(files("kyodo_geo.maps").joinpath("static")))
LEAFLET_DIR = Path(js_lib_leaflet.__file__).parent / "static" / "js_lib_leaflet"

SOURCES = (("", STATIC_DIR, "**/*"), ("map/", MAP_DIR, "*"), ("leaflet/", LEAFLET_DIR, "leaflet.*"))
"""Where a file is served, the folder it lies in, and which files of that folder."""

# Not guessed: on Windows the registry may call a script plain text, which is then not run.
MEDIA_TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}

VERSION_LENGTH = 10
"""Hexadecimal digits; they are sent with every change of a page (`loader`)."""


@dataclass(frozen=True)
class Asset:
    """A file for the browser."""

    content: bytes
    media_type: str

    @cached_property
    def compressed(self) -> bytes:
        """The content as gzip."""
        return gzip.compress(self.content, mtime=0)


@cache
def assets() -> dict[str, Asset]:
    """Return all files by their name below the address; read once a process, all of one version."""
    return {
        f"{place}{path.relative_to(folder).as_posix()}": Asset(
            path.read_bytes(), MEDIA_TYPES[path.suffix]
        )
        for place, folder, pattern in SOURCES
        for path in sorted(folder.glob(pattern))
        if path.suffix in MEDIA_TYPES
    }


@cache
def assets_version() -> str:
    """Return the hash of names and contents of all files."""
    digest = sha256()
    for name, asset in assets().items():
        digest.update(f"{name}\0{len(asset.content)}\0".encode() + asset.content)
    return digest.hexdigest()[:VERSION_LENGTH]


def assets_folder() -> str:
    """Return the address that all files lie below, itself below `/kyodo/`."""
    return f"static/{assets_version()}"


def asset_address(name: str) -> str:
    """Return the address of a file, relative to the base path."""
    return f"kyodo/{assets_folder()}/{name}"


def loader(name: str) -> str:
    """Return the script of a component that hands it over to the module `name`.

    Streamlit sends it anew with every change, so it is short. It has two lines because a text of
    one would be taken for the name of a file.
    """
    address = asset_address(name)
    return f'export default c=>\nimport(new URL("{address}",location)).then(m=>m.default(c))'
