// Shapes, swatches and places on the screen.

import assert from "node:assert/strict";
import { test } from "node:test";
import { position, shapePath, widthAndHeight } from "../../kyodo_geo/ui/components/static/core/geometry.js";
import { popoverPlace } from "../../kyodo_geo/ui/components/static/core/popover.js";
import { background, inkOn, isGround } from "../../kyodo_geo/ui/components/static/core/swatches.js";
import { circleStyle, districtStyle } from "../../kyodo_geo/maps/static/styles.js";

const AT_60_DEGREES = [[60, 140], [60.5, 141]]; // where a degree of longitude is half as wide

test("longitude shrinks with latitude, north is up", () => {
  const [x, y] = position([60.5, 141], AT_60_DEGREES);

  assert.equal(x.toFixed(3), "500.000");
  assert.equal(y, -500);
  assert.deepEqual(position([60, 140], AT_60_DEGREES), [0, 0]);
  assert.deepEqual(widthAndHeight(AT_60_DEGREES).map(Math.round), [500, 500]);
});

test("a shape is a path with one closed line per ring", () => {
  const rings = [[[60, 140], [60, 141], [60.5, 141]], [[60.1, 140.2], [60.1, 140.4], [60.2, 140.4]]];

  assert.equal(
    shapePath({ rings }, AT_60_DEGREES),
    "M0.0 0.0L500.0 0.0L500.0 -500.0ZM100.0 -100.0L200.0 -100.0L200.0 -200.0Z",
  );
});

test("kinds that tell no figure look as the page does", () => {
  for (const kind of ["hatch", "outline", "ring"]) {
    assert.ok(isGround(["#123456", kind, 1]));
    assert.match(background(["#123456", kind, 1]), /var\(--kg-map-/);
    assert.equal(inkOn(["#123456", kind, 1]), "var(--kg-map-letters)");
  }
  assert.equal(isGround(["#123456", "fill", 0]), false);
  assert.equal(background(["#123456", "fill", 0]), "#123456");
  assert.equal(inkOn(["#123456", "fill", 0]), "var(--kg-map-text)");
  assert.equal(inkOn(["#123456", "fill", 1]), "var(--kg-map-text-light)");
});

test("a district on the map has its colour, or the ground where it has none", () => {
  assert.equal(districtStyle(["#123456", "fill", 1], false).fillColor, "#123456");
  assert.equal(districtStyle(["#123456", "fill", 1], false).color, "var(--kg-map-line)");
  assert.equal(districtStyle(["#123456", "hatch", 0], false).fillColor, "url(#kyodo-hatch)");
  assert.equal(districtStyle(null, false).fillColor, "var(--kg-map-land)");
  assert.equal(districtStyle(null, false).color, "var(--kg-map-edge)");
  assert.equal(circleStyle(["#123456", "ring", 0], false).fillColor, "var(--kg-map-zero)");
  for (const style of [districtStyle, circleStyle]) {
    const { color, weight } = style(["#123456", "fill", 1], true);
    assert.deepEqual([color, weight], ["var(--kg-map-marked)", 3]);
  }
});

const WINDOW = [1000, 600];
const SIZE = [200, 100];

function boxAt(left, top, width = 60, height = 20) {
  return { left, top, right: left + width, bottom: top + height };
}

test("an explanation stands below its term, above where there is no room", () => {
  assert.deepEqual(popoverPlace(boxAt(300, 200), null, SIZE, WINDOW), { left: 300, top: 226 });
  assert.deepEqual(popoverPlace(boxAt(300, 550), null, SIZE, WINDOW), { left: 300, top: 444 });
});

test("an explanation stays in the window", () => {
  assert.deepEqual(popoverPlace(boxAt(980, 200), null, SIZE, WINDOW), { left: 794, top: 226 });
  assert.deepEqual(popoverPlace(boxAt(-30, 30), null, SIZE, [150, 120]), { left: 6, top: 6 });
});

test("in a menu an explanation stands beside it, level with its term", () => {
  const menu = boxAt(100, 100, 300, 400);

  assert.deepEqual(popoverPlace(boxAt(120, 250), menu, SIZE, WINDOW), { left: 406, top: 250 });
  assert.deepEqual(popoverPlace(boxAt(120, 550), menu, SIZE, WINDOW), { left: 406, top: 550 });
  assert.deepEqual(popoverPlace(boxAt(120, 250), menu, SIZE, [500, 700]), { left: 100, top: 506 });
});
