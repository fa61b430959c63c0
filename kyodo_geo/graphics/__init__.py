"""Pictures to download: every map and chart of the pages as one SVG or PNG."""

from kyodo_geo.graphics.catalogue import GRAPHICS, KINDS, file_name, render_graphic
from kyodo_geo.graphics.context import GraphicContext

__all__ = ["GRAPHICS", "KINDS", "GraphicContext", "file_name", "render_graphic"]
