// Where a district lies: a small map of it and what is around it, or of the whole city.

import { element } from "../core/dom.js";
import { position, shapePath, svgElement } from "../core/geometry.js";

const MARGIN = 6;
const GRID = 24;
const PHONE_PX = 640;
const AROUND = 0.5; // of the district's own size is shown on each side of it

function pointsOf({ rings }, bounds) {
  return rings.flat().map((place) => position(place, bounds));
}

function boxAround(districts, bounds, margin = () => MARGIN) {
  const points = districts.flatMap((district) => pointsOf(district, bounds));
  const [xs, ys] = [points.map(([x]) => x), points.map(([, y]) => y)];
  const [left, top, right, bottom] = [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)];
  const room = margin(Math.max(right - left, bottom - top));
  return [left - room, top - room, right - left + 2 * room, bottom - top + 2 * room];
}

function isInside([x, y], [left, top, width, height]) {
  return x > left && x < left + width && y > top && y < top + height;
}

// Whether a point lies in a shape of rings: a line to the right crosses its edge oddly often.
function isCovered([x, y], rings) {
  const crossings = rings.flatMap((ring) =>
    ring.filter(([x2, y2], n) => {
      const [x1, y1] = ring[n ? n - 1 : ring.length - 1];
      return y1 > y !== y2 > y && x < x1 + ((y - y1) / (y2 - y1)) * (x2 - x1);
    }),
  );
  return crossings.length % 2 === 1;
}

// Where a name stands: in what of its district is in sight, as far from the edges as a grid
// of points allows.
function nameAt(district, bounds, [left, top, width, height]) {
  const rings = district.rings.map((ring) => ring.map((place) => position(place, bounds)));
  const edge = rings.flat();
  const steps = [...Array(GRID).keys()].map((n) => (n + 0.5) / GRID);
  const grid = steps.flatMap((across) => steps.map((down) => [left + across * width, top + down * height]));
  const room = ([x, y]) =>
    Math.min(x - left, left + width - x, y - top, top + height - y, ...edge.map(([a, b]) => Math.hypot(a - x, b - y)));
  const inside = grid.filter((point) => isCovered(point, rings)).map((point) => ({ point, room: room(point) }));
  return inside.length ? inside.reduce((best, one) => (one.room > best.room ? one : best)).point : null;
}

// Names in the order given; one that would lie on a name before it or on the edge is left
// out: a click, the list or the buttons name that district.
function placeNames(districts, here, { bounds }, box, size) {
  const taken = [];
  return districts.flatMap((district) => {
    const anchor = position(district.anchor, bounds);
    const at = isInside(anchor, box) ? anchor : nameAt(district, bounds, box);
    if (!at) return [];
    const [x, y] = at;
    const half = (size * district.name.length) / 2;
    const collides = taken.some((one) => Math.abs(one.x - x) < one.half + half && Math.abs(one.y - y) < size);
    const isCut = !isInside([x - half, y - size / 2], box) || !isInside([x + half, y + size / 2], box);
    if (collides || isCut) return [];
    taken.push({ x, y, half });
    const name = district === here ? "kg-name kg-here" : "kg-name";
    return [svgElement("text", { x, y, "font-size": size, class: name }, district.name)];
  });
}

export function locator({ here, near, is_still: isStill }, { edition, change }) {
  const isWhole = here === null;
  const named = isWhole ? edition.districts : [here, ...near].map((n) => edition.districts[n]);
  const box = isWhole
    ? boxAround(named, edition.bounds)
    : boxAround([named[0]], edition.bounds, (size) => size * AROUND);
  const neighbours = near.map((n) => `${edition.districts[n].full_name}`).join("、");
  const label = isWhole ? `${edition.districts.length}地区の地図。地区の一覧からも選べます。` : `${edition.districts[here].full_name}の位置の地図。隣は${neighbours}です。`;
  const shapes = edition.districts.map((district, n) => {
    const kind = n === here ? "kg-here" : near.includes(n) ? "kg-near" : null;
    const path = svgElement(
      "path",
      { d: shapePath(district, edition.bounds), class: kind || "kg-far", "data-district": district.id },
      svgElement("title", {}, district.full_name),
    );
    if (!isStill) path.addEventListener("click", () => change({ district: [district.id] }));
    return path;
  });
  // Letters as large as those around the map: on a phone they take more of it.
  const size = Math.max(box[2], box[3]) / (!isWhole ? 22 : innerWidth > PHONE_PX ? 48 : 30);
  const names = placeNames(named, edition.districts[here], edition, box, size);
  return element(
    "figure",
    { class: `kg-locator${isWhole ? " kg-whole" : ""}${isStill ? " kg-still" : ""}` },
    svgElement("svg", { viewBox: box.join(" "), role: "img", "aria-label": label }, ...shapes, ...names),
  );
}
