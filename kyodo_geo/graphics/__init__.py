"""Pictures to be kept: what every map and chart of the pages shows, as one SVG or PNG."""

from kyodo_geo.graphics.catalogue import KINDS, PICTURES, file_name, picture, write_picture
from kyodo_geo.graphics.context import View

__all__ = ["KINDS", "PICTURES", "View", "file_name", "picture", "write_picture"]
