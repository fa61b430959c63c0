// Shapes of districts as SVG: longitude shrinks with latitude, north is up.

import { svg } from "./dom.js";

const PER_DEGREE = 1000;

/** Project a point [lat, lng] into a drawing of everything within `bounds`. */
export function position([lat, lng], [[south, west]]) {
  const shrink = Math.cos((south * Math.PI) / 180);
  return [(lng - west) * shrink * PER_DEGREE, (south - lat) * PER_DEGREE];
}

/** Return the size of a drawing of everything within `bounds`. */
export function widthAndHeight(bounds) {
  const [east, north] = position(bounds[1], bounds);
  return [east, -north];
}

/** Write the rings of a district as the `d` of an SVG path. */
export function shapePath(district, bounds) {
  const point = (place) => position(place, bounds).map((number) => number.toFixed(1)).join(" ");
  return district.rings.map((ring) => `M${ring.map(point).join("L")}Z`).join("");
}

/** Draw a district, named by `title` where the pointer rests on it. */
export function districtShape(district, bounds, title, look) {
  const attributes = { d: shapePath(district, bounds), "data-district": district.id };
  return svg("path", attributes, look, svg("title", title));
}

/** Draw the hatch for "no data" as a pattern of `size` pixels; the last are its classes. */
export function hatchPattern(id, size, [ground, stripe]) {
  const square = { width: size, height: size };
  return svg(
    "pattern",
    { id, ...square, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" },
    svg("rect", { ...square, class: ground }),
    svg("line", { y2: size, class: stripe, "stroke-width": size / 3 }),
  );
}
