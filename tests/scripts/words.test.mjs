// Terms, numbers and names in Japanese.

import assert from "node:assert/strict";
import { before, test } from "node:test";
import { formatted } from "../../kyodo_geo/ui/components/static/core/dom.js";
import { inJapanese } from "../../kyodo_geo/ui/components/static/core/streamlit_names.js";
import { load, SILENT_DOCUMENT } from "./loading.mjs";

const COHOST = { key: "form:0", label: "共催" };
const SCHOOL = { key: "actor:3", label: "学校" };
const EDITION = { terms: { form: [COHOST], actor: [SCHOOL] } };
let termCalled;

before(async () => {
  globalThis.document = SILENT_DOCUMENT;
  ({ termCalled } = await load("core/glossary.js"));
});

test("a text that is exactly the name of a term is that term, implied or not", () => {
  assert.equal(termCalled("共催", EDITION), COHOST);
  assert.equal(termCalled("共催（推定）", EDITION), COHOST);
  assert.equal(termCalled("学校", EDITION), SCHOOL);
});

test("any other text is none", () => {
  for (const text of ["共催など", "（推定）", "", "共催（推定）（推定）", "constructor"]) {
    assert.equal(termCalled(text, EDITION), undefined);
  }
});

test("another edition has its own terms", () => {
  const other = { terms: { form: [{ key: "form:0", label: "共同開催" }] } };

  assert.equal(termCalled("共催", other), undefined);
  assert.equal(termCalled("共同開催", other).key, "form:0");
});

test("numbers have the separators and decimals of Japanese", () => {
  assert.equal(formatted(22900), "22,900");
  assert.equal(formatted(0.256, 1), "0.3");
  assert.equal(formatted(2, 2), "2.00");
});

test("names that Streamlit makes are in Japanese", () => {
  assert.equal(inJapanese("Help for **名称**"), "名称の説明");
  assert.equal(inJapanese("Remove 花北"), "花北を外す");
  assert.equal(inJapanese("year, 実施日"), "年、実施日");
  assert.equal(inJapanese("名称"), "名称");
});
