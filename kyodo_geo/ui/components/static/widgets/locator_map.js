// Where a district lies: a small map of it and what is around it, or of the whole city.
// What is in sight, and where which names stand, comes with it (maps/locator_map.py).

import { el, svg } from "../core/dom.js";
import { districtShape } from "../core/geometry.js";

const PHONE_PX = 640;

/** Draw the districts, those at the positions `here` and `near` marked; a click chooses one. */
export function locator({ here, near, isStill, alt, box, wide, narrow }, { edition, change }) {
  const kindOf = (n) => (near.includes(n) ? "kg-near" : "kg-far");
  const shapes = edition.districts.map((district, n) => {
    const onclick = !isStill && (() => change({ district: [district.id] }));
    const look = { class: n === here ? "kg-here" : kindOf(n), onclick };
    return districtShape(district, edition.bounds, district.full_name, look);
  });
  const { size, names } = innerWidth > PHONE_PX ? wide : narrow;
  const texts = names.map(([n, x, y]) => {
    const look = { x, y, "font-size": size, class: n === here && "kg-here" };
    return svg("text.kg-name", look, edition.districts[n].name);
  });
  const frame = { viewBox: box.join(" "), role: "img", "aria-label": alt };
  const drawing = svg("svg", frame, shapes, texts);
  const whole = { class: here === null && "kg-whole" };
  return el("figure.kg-locator", whole, { class: isStill && "kg-still" }, drawing);
}
