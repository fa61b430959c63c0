// Shapes of districts as SVG: longitude shrinks with latitude, north is up.

const SVG = "http://www.w3.org/2000/svg";
const PER_DEGREE = 1000;

function shrinkAt([[south]]) {
  return Math.cos((south * Math.PI) / 180);
}

export function svgElement(tag, attributes, ...children) {
  const node = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  node.append(...children);
  return node;
}

// The place of a point [lat, lng] in a drawing of everything within `bounds`.
export function position([lat, lng], bounds) {
  const [[south, west]] = bounds;
  return [(lng - west) * shrinkAt(bounds) * PER_DEGREE, (south - lat) * PER_DEGREE];
}

export function widthAndHeight(bounds) {
  const [[south, west], [north, east]] = bounds;
  return [(east - west) * shrinkAt(bounds) * PER_DEGREE, (north - south) * PER_DEGREE];
}

export function shapePath(district, bounds) {
  const point = (place) => position(place, bounds).map((number) => number.toFixed(1)).join(" ");
  return district.rings.map((ring) => `M${ring.map(point).join("L")}Z`).join("");
}

// A district in a drawing, named where the pointer rests on it.
export function districtShape(district, bounds, title, look) {
  const attributes = { d: shapePath(district, bounds), "data-district": district.id, ...look };
  return svgElement("path", attributes, svgElement("title", {}, title));
}
