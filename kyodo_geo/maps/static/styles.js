// How districts and circles look: swatches are [colour, kind, has light ink], colours by name
// those of the pages' tokens.css. What tells no figure (land below circles, zero, no data) is as
// the page is, light or dark.

export const LINE = "var(--kg-map-line)";
const MARKED = "var(--kg-map-marked)";
const EDGE = "var(--kg-map-edge)";
const ZERO = "var(--kg-map-zero)";
const GROUNDS = {
  land: "var(--kg-map-land)",
  outline: ZERO,
  ring: ZERO,
  hatch: "url(#kyodo-hatch)",
};

// `swatch` is null below a circle.
export function districtStyle(swatch, isSelected) {
  const ground = GROUNDS[swatch ? swatch[1] : "land"];
  const line = ground ? EDGE : LINE;
  return {
    color: isSelected ? MARKED : line,
    weight: isSelected ? 3 : 0.8,
    fillOpacity: 1,
    fillColor: ground || swatch[0],
  };
}

// A circle may hide the outline of a small district: it is marked itself.
export function circleStyle(swatch, isSelected) {
  return {
    color: isSelected ? MARKED : EDGE,
    weight: isSelected ? 3 : 1,
    fillColor: GROUNDS[swatch[1]] || swatch[0],
    fillOpacity: 1,
  };
}
