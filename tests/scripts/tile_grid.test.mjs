import assert from "node:assert/strict";
import { test } from "node:test";
import { placeTowards } from "../../kyodo_geo/ui/components/static/widgets/tile_grid.js";

// . A . B
// C . . .
// . . D E
const [A, B, C, D, E] = [[1, 0], [3, 0], [0, 1], [2, 2], [3, 2]];
const PLACES = [A, B, C, D, E];

test("sideways to the next tile of the same row, over gaps, and no further", () => {
  assert.equal(placeTowards("ArrowRight", A, PLACES), B);
  assert.equal(placeTowards("ArrowLeft", E, PLACES), D);
  assert.equal(placeTowards("ArrowLeft", A, PLACES), null);
  assert.equal(placeTowards("ArrowRight", C, PLACES), null);
});

test("up and down to the nearest tile of the nearest row", () => {
  assert.equal(placeTowards("ArrowDown", B, PLACES), C);
  assert.equal(placeTowards("ArrowDown", C, PLACES), D);
  assert.equal(placeTowards("ArrowDown", B, [A, B, D, E]), E);
  assert.equal(placeTowards("ArrowUp", C, PLACES), A);
  assert.equal(placeTowards("ArrowUp", B, PLACES), null);
});

test("Home and End lead to the ends of the row, with Ctrl to those of the grid", () => {
  assert.equal(placeTowards("Home", E, PLACES), D);
  assert.equal(placeTowards("End", A, PLACES), B);
  assert.equal(placeTowards("Home", E, PLACES, true), A);
  assert.equal(placeTowards("End", A, PLACES, true), E);
});

test("other keys lead nowhere", () => {
  assert.equal(placeTowards("a", A, PLACES), null);
  assert.equal(placeTowards("Escape", A, PLACES), null);
});
