// Pictures of the districts: what the map is painted with, the tile grid, six small maps,
// and the legend they share.
//
// A picture holds [swatch, value, note, radius] of each district, in the order of the
// edition's districts. A value is a number, null (no data) or words; a note is words or the
// rank out of `ranked`. Swatches are [colour, kind, has light ink].

import { element, formatted, keepingFocus } from "../core/dom.js";
import { districtShape, shapePath, svgElement, widthAndHeight } from "../core/geometry.js";
import { background, isGround, patch } from "../core/swatches.js";
import { called } from "../core/glossary.js";
import { tileGrid } from "./tile_grid.js";
import { current, follow, query } from "../core/view_state.js";

function legend({ heading, items, notes }, swatches, edition) {
  const rows = items.map((item) =>
    element(
      "li",
      {},
      patch(item, swatches[item.swatch]),
      element("span", {}, called(item.label, edition)),
      item.count ? element("small", {}, item.count) : null,
    ),
  );
  return element(
    "div",
    { class: "kg-legend", role: "group", "aria-label": "凡例" },
    element("p", { class: "kg-legend-of" }, heading),
    element("ul", {}, ...rows),
    ...notes.map((note) => element("p", {}, note)),
  );
}

function valueText(value, { unit, digits }) {
  if (value === null) return "データなし";
  return typeof value === "number" ? `${formatted(value, digits)}${unit}` : value;
}

function noteText(note, { ranked }) {
  return typeof note === "number" ? `${ranked}地区中${note}位` : note || "";
}

// The same with all texts written out: [swatch, text, note, radius].
function spelt(state) {
  const districts = state.districts.map(([swatch, value, note, radius]) => [
    swatch, valueText(value, state), noteText(note, state), radius,
  ]);
  return { ...state, districts };
}

// The same figures where they can be read one by one.
function figuresElsewhere(isTiles, { change }) {
  const toTable = () => {
    const table = document.querySelector(".st-key-kg_below .kg-scroll");
    table?.scrollIntoView({ block: "start" });
    table?.focus({ preventScroll: true });
  };
  const button = (label, onclick) => element("button", { type: "button", class: "kg-link", onclick }, label);
  const tiles = isTiles ? [] : [button("地区タイル", () => change({ view: ["tiles"] })), "・"];
  return element("p", { class: "kg-elsewhere" }, "同じ数字を見る: ", ...tiles, button("表", toTable));
}

// The map lives in a frame of its own. It may not be there yet: then it looks here when it is.
function paintMap(state) {
  window.kyodoPicture = state;
  for (const frame of document.querySelectorAll("iframe")) {
    try {
      frame.contentWindow.kyodo?.paint(state);
    } catch {
      // A frame of somebody else.
    }
  }
}

// On paper the map is made smaller as it is: it cannot be drawn anew while it is printed.
const PAPER_PX = 700;
const mapFrames = () => [...document.querySelectorAll("iframe[title*=st_folium]")];
addEventListener("beforeprint", () => {
  for (const frame of mapFrames()) {
    const { offsetWidth: width, offsetHeight: height } = frame;
    const scale = Math.min(1, PAPER_PX / width);
    const place = { transformOrigin: "0 0", marginBottom: `${(scale - 1) * height}px` };
    Object.assign(frame.style, { width: `${width}px`, transform: `scale(${scale})`, ...place });
  }
});
addEventListener("afterprint", () => {
  const asItWas = { width: "", transform: "", transformOrigin: "", marginBottom: "" };
  for (const frame of mapFrames()) Object.assign(frame.style, asItWas);
});

// What is chosen beside the figures: it changes nothing that has to be fetched.
const CHOSEN_HERE = ["select", "view", "page", "activity", "order"];

function chosen({ edition }) {
  const [wanted] = current().select || [];
  const isKnown = edition.districts.some((district) => district.id === wanted);
  return { selected: isKnown ? wanted : null, isTiles: (current().view || [])[0] === "tiles" };
}

async function fetched(address) {
  const answer = await fetch(new URL(address, document.baseURI));
  if (!answer.ok) throw new Error(await answer.text());
  return answer.json();
}

// A picture fetches its figures as soon as the view changes, before the page around it has
// been drawn anew.
export function picture({ page }, context) {
  const node = element("div", { class: "kg-picture" });
  let asked = null;
  let figures = null;
  let painted = null;
  const paint = () => {
    const { selected, isTiles } = chosen(context);
    const now = [asked, selected, isTiles].join();
    if (now === painted) return;
    painted = now;
    const marks = Object.fromEntries(figures.legend.items.map(({ swatch, mark }) => [swatch, mark]));
    const state = { ...spelt(figures), marks, selected };
    const key = legend(figures.legend, state.swatches, context.edition);
    const grid = isTiles ? [tileGrid(state, figures.legend, context)] : [];
    if (!isTiles) paintMap(state);
    keepingFocus(node, () => node.replaceChildren(...grid, key, figuresElsewhere(isTiles, context)));
  };
  const look = async () => {
    const keys = Object.keys(current()).filter((key) => !CHOSEN_HERE.includes(key));
    const address = `kyodo/picture/${page}?${query(keys)}`;
    if (address === asked) return figures && paint();
    asked = address;
    try {
      const found = await fetched(address);
      if (address !== asked) return; // a newer view has been asked for since
      figures = found;
      paint();
    } catch (error) {
      asked = null;
      painted = null;
      const text = error instanceof TypeError ? "サーバーにつながりません。" : error.message;
      const attributes = { type: "button", class: "kg-button", onclick: () => look() };
      const again = element("button", attributes, "もう一度読み込む");
      const told = element("span", { role: "alert" }, `図を更新できません。${text}`);
      node.replaceChildren(element("div", { class: "kg-notice kg-failed" }, told, again));
    }
  };
  delete window.kyodoPicture; // of the page before
  follow(look, () => !node.isConnected);
  return node;
}

function hatch() {
  const placed = { patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" };
  const pattern = { id: "kg-hatch", width: 9, height: 9, ...placed };
  return svgElement(
    "defs",
    {},
    svgElement(
      "pattern",
      pattern,
      svgElement("rect", { width: 9, height: 9, class: "kg-hatch-ground" }),
      svgElement("line", { x1: 0, y1: 0, x2: 0, y2: 9, class: "kg-hatch-line", "stroke-width": 3 }),
    ),
  );
}

function panel(smallMap, swatches, selected, { edition, change }) {
  const [width, height] = widthAndHeight(edition.bounds);
  const viewBox = `-4 ${-height - 4} ${width + 8} ${height + 8}`;
  const frame = { viewBox, role: "img", "aria-label": smallMap.alt };
  // What is selected comes last, on top, in a casing of its own.
  const entries = [...edition.districts.entries()];
  const inOrder = entries.sort(([, a], [, b]) => (a.id === selected) - (b.id === selected));
  const paths = inOrder.flatMap(([n, district]) => {
    const [swatchIndex, count] = smallMap.districts[n];
    const swatch = swatches[swatchIndex];
    const isSelected = selected === district.id;
    const look = {
      fill: swatch[1] === "hatch" ? "url(#kg-hatch)" : background(swatch),
      class: [isSelected && "kg-selected", isGround(swatch) && "kg-ground"].filter(Boolean).join(" "),
    };
    const path = districtShape(district, edition.bounds, `${district.full_name} ${formatted(count)}件`, look);
    path.addEventListener("click", () => change({ select: isSelected ? [] : [district.id] }));
    const casing = svgElement("path", { d: shapePath(district, edition.bounds), class: "kg-casing" });
    return isSelected ? [casing, path] : [path];
  });
  const sign = { class: "kg-mark", style: `background:${smallMap.colour};color:${smallMap.ink}` };
  const title = [element("span", sign, smallMap.mark), " ", called(smallMap.title, edition), " "];
  return element(
    "figure",
    {},
    element("figcaption", {}, ...title, element("small", {}, smallMap.note)),
    svgElement("svg", frame, hatch(), ...paths),
  );
}

export function smallMaps({ swatches, pictures, selected, legend: key }, context) {
  const panels = pictures.map((smallMap) => panel(smallMap, swatches, selected, context));
  const below = legend(key, swatches, context.edition);
  return element("div", {}, element("div", { class: "kg-multiples" }, ...panels), below);
}
