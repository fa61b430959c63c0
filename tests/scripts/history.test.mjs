import assert from "node:assert/strict";
import { before, beforeEach, test } from "node:test";
import { load } from "./loading.mjs";

const listeners = {};
const steps = [];
const happens = (type, event = {}) => listeners[type].forEach((listener) => listener(event));
const go = (address) => history.pushState(null, "", address);

before(async () => {
  globalThis.addEventListener = (type, listener) => (listeners[type] ||= []).push(listener);
  globalThis.history = {
    pushState: (_, __, address) => steps.push(["push", address]),
    replaceState: (_, __, address) => steps.push(["replace", address]),
  };
  await load("core/history.js");
});

beforeEach(() => {
  happens("popstate");
  steps.length = 0;
});

test("what nobody did makes no step", () => {
  go("/density");
  go("/density?region=東和");

  assert.deepEqual(steps, [["replace", "/density"], ["replace", "/density?region=東和"]]);
});

for (const deed of ["pointerdown", "keydown", "click"]) {
  test(`what a person does once makes one step: ${deed}`, () => {
    happens(deed);
    go("/forms");
    go("/forms?form=cohost");

    assert.deepEqual(steps, [["push", "/forms"], ["replace", "/forms?form=cohost"]]);
  });
}

test("a click on the map makes a step, other messages of frames make none", () => {
  happens("message", { data: { type: "streamlit:setFrameHeight" } });
  happens("message", { data: null });
  go("/density");
  happens("message", { data: { type: "streamlit:setComponentValue" } });
  go("/density?select=C01");

  assert.deepEqual(steps, [["replace", "/density"], ["push", "/density?select=C01"]]);
});

test("the way back itself makes no step", () => {
  happens("keydown");
  happens("popstate");
  go("/density");

  assert.deepEqual(steps, [["replace", "/density"]]);
});
