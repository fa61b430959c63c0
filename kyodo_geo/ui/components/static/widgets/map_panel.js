// Pictures of the districts: what the map is painted with, the tile grid, six small maps,
// and the legend they share.
//
// A picture holds [swatch, value, note, radius] of each district, in the order of the
// edition's districts. A value is a number, null (no data) or words; a note is words or the
// rank out of `ranked`. Swatches are [colour, kind, has light ink].

import { el, formatted, keepingFocus, pushButton, svg } from "../core/dom.js";
import { districtShape, hatchPattern, shapePath, widthAndHeight } from "../core/geometry.js";
import { background, isGround, patch } from "../core/swatches.js";
import { called } from "../core/glossary.js";
import { fetched } from "../core/downloads.js";
import { tileGrid } from "./tile_grid.js";
import { current, follow, query, valuesOf } from "../core/view_state.js";

function legend({ legend: { heading, items, notes }, swatches }, { edition }) {
  const rows = items.map((item) => {
    const { label, swatch, count } = item;
    const name = el("span", called(label, edition));
    return el("li", patch(item, swatches[swatch]), name, count ? el("small", count) : null);
  });
  return el(
    "div.kg-legend",
    { role: "group", "aria-label": "凡例" },
    el("p.kg-legend-of", heading),
    el("ul", rows),
    notes.map((note) => el("p", note)),
  );
}

// The same with all texts written out: [swatch, text, note, radius].
function spelt({ districts, unit, digits, ranked, ...state }) {
  const isNumber = (value) => typeof value === "number";
  const number = (value) => (isNumber(value) ? `${formatted(value, digits)}${unit}` : value);
  const rank = (note) => (isNumber(note) ? `${ranked}地区中${note}位` : note || "");
  const texts = districts.map(([swatch, value, note, radius]) => {
    return [swatch, number(value) ?? "データなし", rank(note), radius];
  });
  return { ...state, districts: texts };
}

// The same figures where they can be read one by one.
function figuresElsewhere(isTiles, { change }) {
  const toTable = () => {
    const table = document.querySelector(".st-key-kg_below .kg-scroll");
    table?.scrollIntoView({ block: "start" });
    table?.focus({ preventScroll: true });
  };
  const button = (label, onclick) => pushButton(label, onclick, { class: "kg-link" });
  const tiles = !isTiles && [button("地区タイル", () => change({ view: ["tiles"] })), "・"];
  return el("p.kg-elsewhere", "同じ数字を見る: ", tiles, button("表", toTable));
}

function mapFrames() {
  return document.querySelectorAll("iframe[title*=st_folium]");
}

// The map lives in a frame of its own. It may not be there yet: then it looks here when it is.
function paintMap(state) {
  window.kyodoPicture = state;
  for (const frame of mapFrames()) frame.contentDocument?.defaultView.kyodo?.paint(state);
}

// On paper the map is made smaller as it is: it cannot be drawn anew while it is printed.
const PAPER_PX = 700;
addEventListener("beforeprint", () => {
  for (const frame of mapFrames()) {
    const { offsetWidth: width, offsetHeight: height, style } = frame;
    const scale = Math.min(1, PAPER_PX / width);
    const asItWas = style.cssText;
    const place = { transformOrigin: "0 0", marginBottom: `${(scale - 1) * height}px` };
    Object.assign(style, { width: `${width}px`, transform: `scale(${scale})`, ...place });
    addEventListener("afterprint", () => (style.cssText = asItWas), { once: true });
  }
});

// Decision 10: a change fetches the figures alone; what is chosen beside them changes none.
const CHOSEN_HERE = ["select", "view", "page", "activity", "order"];

// A picture that could not be fetched, and the way to try again.
function failure(error, retry) {
  const text = error instanceof TypeError ? "サーバーにつながりません。" : error.message;
  const sentence = el("span", { role: "alert" }, `図を更新できません。${text}`);
  return el("div.kg-notice.kg-failed", sentence, pushButton("もう一度読み込む", retry));
}

/**
 * Draw the map or the tiles of a page. Figures are fetched as soon as the view changes, before
 * the page around them has been drawn anew.
 */
export function picture({ page }, context) {
  const node = el("div.kg-picture");
  let [asked, figures, painted] = [null, null, null];
  const paint = () => {
    const [wanted] = valuesOf("select");
    const selected = context.edition.districts.find(({ id }) => id === wanted)?.id ?? null;
    const isTiles = valuesOf("view")[0] === "tiles";
    const now = [asked, selected, isTiles].join();
    if (now === painted) return;
    painted = now;
    const state = { ...spelt(figures), selected };
    const below = [legend(state, context), figuresElsewhere(isTiles, context)];
    if (isTiles) below.unshift(tileGrid(state, context));
    else paintMap(state);
    keepingFocus(node, () => node.replaceChildren(...below));
  };
  const look = async () => {
    const keys = Object.keys(current()).filter((key) => !CHOSEN_HERE.includes(key));
    const view = String(query(keys));
    if (view === asked) return figures && paint();
    asked = view;
    try {
      const found = await (await fetched(`picture/${page}`, keys)).json();
      if (view !== asked) return; // a newer view has been asked for since
      figures = found;
      paint();
    } catch (error) {
      [asked, painted] = [null, null];
      node.replaceChildren(failure(error, look));
    }
  };
  delete window.kyodoPicture; // of the page before
  follow(look, () => !node.isConnected);
  return node;
}

function panel(smallMap, swatches, selected, { edition, change }) {
  const [width, height] = widthAndHeight(edition.bounds);
  const viewBox = `-4 ${-height - 4} ${width + 8} ${height + 8}`;
  // What is selected comes last, on top, in a casing of its own.
  const entries = [...edition.districts.entries()];
  const inOrder = entries.sort(([, a], [, b]) => (a.id === selected) - (b.id === selected));
  const paths = inOrder.map(([n, district]) => {
    const [swatchIndex, count] = smallMap.districts[n];
    const swatch = swatches[swatchIndex];
    const isSelected = selected === district.id;
    const fill = swatch[1] === "hatch" ? "url(#kg-hatch)" : background(swatch);
    const onclick = () => change({ select: isSelected ? [] : [district.id] });
    const kind = { class: isGround(swatch) && "kg-ground" };
    const look = [kind, { fill, onclick, class: isSelected && "kg-selected" }];
    const path = districtShape(district, edition.bounds, `${district.full_name} ${formatted(count)}件`, look);
    const casing = { class: "kg-casing", d: shapePath(district, edition.bounds) };
    return [isSelected && svg("path", casing), path];
  });
  const style = `background:${smallMap.colour};color:${smallMap.ink}`;
  const sign = el("span.kg-mark", { style }, smallMap.mark);
  const title = [sign, " ", called(smallMap.title, edition), " ", el("small", smallMap.note)];
  const hatch = svg("defs", hatchPattern("kg-hatch", 9, ["kg-hatch-ground", "kg-hatch-line"]));
  const frame = { viewBox, role: "img", "aria-label": smallMap.alt };
  return el("figure", el("figcaption", title), svg("svg", frame, hatch, paths));
}

/** Draw maps side by side with one legend. */
export function smallMaps({ swatches, pictures, selected, legend: key }, context) {
  const panels = pictures.map((smallMap) => panel(smallMap, swatches, selected, context));
  return el("div", el("div.kg-multiples", panels), legend({ legend: key, swatches }, context));
}
