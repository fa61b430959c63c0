// How districts and circles look: swatches are [colour, kind, has light ink], colours by name
// those of the pages' tokens.css. What tells no figure (land below circles, zero, no data) is as
// the page is, light or dark.

/** The colour of outlines between fills. */
export const LINE = "var(--kg-map-line)";
const MARKED = "var(--kg-map-marked)";
const EDGE = "var(--kg-map-edge)";
const ZERO = "var(--kg-map-zero)";
const LAND = "var(--kg-map-land)";
const GROUNDS = { land: LAND, outline: ZERO, ring: ZERO, hatch: "url(#kyodo-hatch)" };

function style(color, weight, fillColor, isSelected) {
  const edge = isSelected ? { color: MARKED, weight: 3 } : { color, weight };
  return { ...edge, fillColor, fillOpacity: 1 };
}

/** Return the Leaflet style of a district; `swatch` is null below a circle. */
export function districtStyle(swatch, isSelected) {
  const ground = GROUNDS[swatch ? swatch[1] : "land"];
  return style(ground ? EDGE : LINE, 0.8, ground || swatch[0], isSelected);
}

/** Return the Leaflet style of a circle, marked itself as it may hide a small district's outline. */
export function circleStyle([colour, kind], isSelected) {
  return style(EDGE, 1, GROUNDS[kind] || colour, isSelected);
}
