import assert from "node:assert/strict";
import { beforeEach, mock, test } from "node:test";
import { load, settled } from "./loading.mjs";

const NOW_MS = 1_000_000;
let state;
let sent;
const send = (name, message) => sent.push([name, message]);
const stays = () => false;

beforeEach(async () => {
  mock.timers.reset();
  mock.timers.enable({ apis: ["Date", "setTimeout"], now: NOW_MS });
  state = await load("core/view_state.js");
  sent = [];
});

test("a change is shown at once and sent whole", async () => {
  state.adopt({ form: ["subsidy"], region: ["東和"] }, 0);
  state.change({ form: ["cohost"] }, send);

  assert.deepEqual(state.current(), { form: ["cohost"], region: ["東和"] });
  await settled();
  assert.deepEqual(sent, [["said", { n: NOW_MS, view: { form: ["cohost"], region: ["東和"] } }]]);
});

test("of clicks in quick succession the last one sends all", async () => {
  state.change({ form: ["cohost"] }, send);
  state.change({ region: ["東和"] }, send);
  state.change({ form: [] }, send);

  await settled();
  assert.deepEqual(sent, [["said", { n: NOW_MS + 2, view: { form: [], region: ["東和"] } }]]);
});

test("what the server says before it knows of the newest change undoes nothing", async () => {
  state.change({ form: ["cohost"] }, send);
  state.change({ form: ["subsidy"] }, send);
  await settled();

  assert.equal(state.adopt({ form: ["cohost"] }, NOW_MS), false);
  assert.deepEqual(state.current(), { form: ["subsidy"] });
  assert.equal(state.adopt({ form: ["subsidy"], page: ["1"] }, NOW_MS + 1), true);
  assert.deepEqual(state.current(), { form: ["subsidy"], page: ["1"] });
});

test("a server that has been restarted is right", () => {
  state.change({ form: ["cohost"] }, send);

  assert.equal(state.adopt({}, 0), true);
  assert.deepEqual(state.current(), {});
});

test("a change that a clock set back would make older is newer all the same", async () => {
  state.change({ form: ["cohost"] }, send);
  mock.timers.setTime(NOW_MS - 60_000);
  state.change({ form: ["subsidy"] }, send);

  await settled();
  assert.equal(sent.at(-1)[1].n, NOW_MS + 1);
});

test("a change is sent when all that follow the view are ready", async () => {
  let ready;
  state.follow(() => new Promise((done) => { ready = done; }), stays);
  state.change({ form: ["cohost"] }, send);

  await settled();
  assert.deepEqual(sent, []);
  ready();
  await settled();
  assert.equal(sent.length, 1);
});

test("a change waits no longer than a person would notice", async () => {
  state.follow(() => new Promise(() => {}), stays);
  state.change({ form: ["cohost"] }, send);
  mock.timers.tick(149);
  await settled();
  assert.deepEqual(sent, []);

  mock.timers.tick(1);
  await settled();
  assert.equal(sent.length, 1);
});

test("who follows is called at once and at each change, until gone", () => {
  const views = [];
  let isGone = false;
  state.follow(() => views.push(state.current()), () => isGone);
  state.adopt({ form: ["cohost"] }, 0);
  isGone = true;
  state.adopt({}, 0);

  assert.deepEqual(views, [{}, { form: ["cohost"] }]);
});

test("the view as it stands in an address", () => {
  state.adopt({ form: ["cohost", "subsidy"], region: ["東和"], keyword: [] }, 0);

  assert.equal(decodeURI(state.query()), "form=cohost&form=subsidy&region=東和");
  assert.equal(String(state.query(["form", "none"])), "form=cohost&form=subsidy");
});
