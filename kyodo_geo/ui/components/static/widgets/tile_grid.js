// The tile grid: districts of one size, and the map of those who go by keyboard. It is one
// stop for the Tab key; the arrow keys walk from tile to tile as the tiles lie.

import { element } from "../core/dom.js";
import { background, inkOn, round } from "../core/swatches.js";

const HOW_TO_WALK = "矢印キーで隣の地区へ、HomeとEndで行の端へ移ります。Enterで選び、Escで図を離れます。";
const STEPS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

// The place of the tile that a key leads to from `here`, a place [column, row]; null: stay.
// Sideways in the same row, up and down to the nearest tile of the nearest row.
export function placeTowards(key, here, places, toTheEnds = false) {
  const [column, row] = here;
  const inRow = places.filter((place) => toTheEnds || place[1] === row);
  if (key === "Home") return inRow[0];
  if (key === "End") return inRow.at(-1);
  if (!STEPS[key]) return null;
  const [right, down] = STEPS[key];
  const distance = (place) => (right ? (place[0] - column) * right : (place[1] - row) * down);
  const off = (place) => Math.abs(right ? place[1] - row : place[0] - column);
  const ahead = places.filter((place) => distance(place) > 0 && !(right && off(place)));
  ahead.sort((a, b) => distance(a) - distance(b) || off(a) - off(b));
  return ahead[0] || null;
}

function inReadingOrder(a, b) {
  return a[1] - b[1] || a[0] - b[0];
}

// The tile that the Tab key stops at: one at a time.
function stopAt(grid, tile) {
  for (const one of grid.children) one.tabIndex = one === tile ? 0 : -1;
}

function walk(grid, districts, leave) {
  const places = districts.map(({ tile }) => tile).sort(inReadingOrder);
  const tileAt = (place) => grid.children[districts.findIndex(({ tile }) => tile === place)];
  grid.addEventListener("focusin", ({ target }) => stopAt(grid, target));
  grid.addEventListener("keydown", (event) => {
    const here = districts[[...grid.children].indexOf(event.target)].tile;
    const next = placeTowards(event.key, here, places, event.ctrlKey);
    if (!next && event.key !== "Escape" && !STEPS[event.key]) return;
    event.preventDefault(); // the page would scroll
    if (event.key === "Escape") leave();
    else if (next) tileAt(next).focus();
  });
}

// Where the keyboard goes on behind the tiles: the figures of the chosen district.
function leaveTiles() {
  const card = document.querySelector("[aria-label=選んだ地区] h2") || document.querySelector(".kg-legend");
  card?.setAttribute("tabindex", "-1");
  card?.focus();
}

// A tile has room for a number (its unit stands in the legend) or for the mark of a category.
function tileText(text, swatchIndex, { items }) {
  const [number] = text.match(/^[\d,.]+/) || [];
  return number || items.find((item) => item.swatch === swatchIndex)?.mark || "—";
}

function spoken(name, title, text, note, isSelected) {
  const rank = note ? `、${note}` : "";
  return `${name}、${title}は${text}${rank}。${isSelected ? "選んでいます。" : ""}`;
}

// Counts are circles here as on the map; all other figures fill the tile.
function tileOf(district, [swatchIndex, text, note, radius], state, key, change) {
  const swatch = state.swatches[swatchIndex];
  const fill = radius ? "" : `;background:${background(swatch)};color:${inkOn(swatch)}`;
  const isSelected = state.selected === district.id;
  const [column, row] = district.tile;
  return element(
    "button",
    {
      type: "button",
      class: swatch[1] === "hatch" ? "kg-tile kg-hatched" : "kg-tile",
      tabindex: "-1",
      "data-district": district.id,
      "aria-pressed": String(isSelected),
      "aria-label": spoken(district.full_name, state.title, text, note, isSelected),
      title: [district.full_name, text, note].filter(Boolean).join(" "),
      style: `grid-column:${column + 1};grid-row:${row + 1}${fill}`,
      onclick: () => change({ select: isSelected ? [] : [district.id] }),
    },
    element("span", { class: "kg-tile-name" }, district.name),
    radius ? element("span", { class: "kg-tile-circle" }, round(swatch, radius)) : null,
    element("span", { class: "kg-tile-value" }, tileText(text, swatchIndex, key)),
  );
}

export function tileGrid(state, key, { edition, change }) {
  const tiles = edition.districts.map((district, n) => {
    return tileOf(district, state.districts[n], state, key, change);
  });
  const label = { "aria-label": `地区タイル: ${key.heading}`, "aria-describedby": "kg-tiles-told" };
  const grid = element("div", { class: "kg-tiles", role: "group", ...label }, ...tiles);
  stopAt(grid, tiles.find((tile) => tile.dataset.district === state.selected) || tiles[0]);
  walk(grid, edition.districts, leaveTiles);
  const told = element("p", { class: "kg-unseen", id: "kg-tiles-told" }, `${state.alt}${HOW_TO_WALK}`);
  return element("div", {}, told, grid);
}
