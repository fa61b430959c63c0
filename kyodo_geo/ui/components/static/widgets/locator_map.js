// Where a district lies: a small map of it and what is around it, or of the whole city.
// What is in sight, and where which names stand, comes with it (maps/locator_map.py).

import { element } from "../core/dom.js";
import { districtShape, svgElement } from "../core/geometry.js";

const PHONE_PX = 640;

export function locator({ here, near, isStill, alt, box, wide, narrow }, { edition, change }) {
  const shapes = edition.districts.map((district, n) => {
    const kind = n === here ? "kg-here" : near.includes(n) ? "kg-near" : "kg-far";
    const path = districtShape(district, edition.bounds, `${district.full_name}`, { class: kind });
    if (!isStill) path.addEventListener("click", () => change({ district: [district.id] }));
    return path;
  });
  const { size, names } = innerWidth > PHONE_PX ? wide : narrow;
  const texts = names.map(([n, x, y]) => {
    const look = { x, y, "font-size": size, class: n === here ? "kg-name kg-here" : "kg-name" };
    return svgElement("text", look, edition.districts[n].name);
  });
  return element(
    "figure",
    { class: `kg-locator${here === null ? " kg-whole" : ""}${isStill ? " kg-still" : ""}` },
    svgElement("svg", { viewBox: box.join(" "), role: "img", "aria-label": alt }, ...shapes, ...texts),
  );
}
