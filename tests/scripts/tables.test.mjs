import assert from "node:assert/strict";
import { before, test } from "node:test";
import { load, SILENT_DOCUMENT } from "./loading.mjs";

const [UP, DOWN] = [1, -1];
let sortRows;

before(async () => {
  globalThis.document = SILENT_DOCUMENT;
  ({ sortRows } = await load("widgets/table.js"));
});

function sortedCells(cells, direction) {
  const rows = cells.map((cell) => ({ cells: ["名", cell] }));
  return sortRows(rows, [1, direction]).map((row) => row.cells[1]);
}

test("numbers sort by size, not by their digits", () => {
  assert.deepEqual(sortedCells([9, 100, 10, 0, 1.5], UP), [0, 1.5, 9, 10, 100]);
  assert.deepEqual(sortedCells([9, 100, 10, 0, 1.5], DOWN), [100, 10, 9, 1.5, 0]);
});

test("what is missing comes last, whichever way", () => {
  assert.deepEqual(sortedCells([null, 2, null, 1], UP), [1, 2, null, null]);
  assert.deepEqual(sortedCells([null, 2, null, 1], DOWN), [2, 1, null, null]);
});

test("zero is no missing value", () => {
  assert.deepEqual(sortedCells([1, 0, null], UP), [0, 1, null]);
});

test("Japanese sorts as Japanese: kana by sound, kanji as Japanese standards have them", () => {
  assert.deepEqual(sortedCells(["東和", "大迫", "石鳥谷", "花巻"], UP), ["花巻", "石鳥谷", "大迫", "東和"]);
  assert.deepEqual(sortedCells(["ゆぐち", "おおはさま", "がっこう", "かっこう", "やさわ"], UP), [
    "おおはさま", "かっこう", "がっこう", "やさわ", "ゆぐち",
  ]);
});

test("rows of one value keep their order, and the rows given stay as they are", () => {
  const rows = ["a", "b", "c"].map((id) => ({ id, cells: [1] }));

  assert.deepEqual(sortRows(rows, [0, DOWN]).map(({ id }) => id), ["a", "b", "c"]);
  sortRows([...rows, { id: "d", cells: [2] }], [0, DOWN]);
  assert.deepEqual(rows.map(({ id }) => id), ["a", "b", "c"]);
});

test("as long as nobody sorts, rows stand as they came", () => {
  const rows = [{ cells: [2] }, { cells: [1] }];

  assert.equal(sortRows(rows), rows);
});
