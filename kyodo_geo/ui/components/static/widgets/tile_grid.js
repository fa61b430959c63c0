// The tile grid: districts of one size, and the map of those who go by keyboard. It is one
// stop for the Tab key; the arrow keys walk from tile to tile as the tiles lie.

import { el, pushButton } from "../core/dom.js";
import { filled, round } from "../core/swatches.js";

const HOW_TO_WALK = "矢印キーで隣の地区へ、HomeとEndで行の端へ移ります。Enterで選び、Escで図を離れます。";
const STEPS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

/**
 * Return the place of the tile that a key leads to from `here`, a place [column, row]; null: stay.
 * Sideways in the same row, up and down to the nearest tile of the nearest row. Home and End
 * lead to the ends of the row, or of the grid if `toTheEnds`.
 */
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

// Decision 46: the grid is one stop for the Tab key, at one tile at a time.
function stopAt(grid, tile) {
  for (const one of grid.children) one.tabIndex = one === tile ? 0 : -1;
}

function walk(grid, districts) {
  const places = districts.map(({ tile }) => tile).sort((a, b) => a[1] - b[1] || a[0] - b[0]);
  grid.addEventListener("focusin", ({ target }) => stopAt(grid, target));
  grid.addEventListener("keydown", (event) => {
    const here = districts[[...grid.children].indexOf(event.target)].tile;
    const next = placeTowards(event.key, here, places, event.ctrlKey);
    if (!next && event.key !== "Escape" && !STEPS[event.key]) return;
    event.preventDefault(); // the page would scroll
    if (event.key === "Escape") leaveTiles();
    else if (next) grid.children[districts.findIndex(({ tile }) => tile === next)].focus();
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

// Counts are circles here as on the map; all other figures fill the tile.
function tileOf(district, [swatchIndex, text, note, radius], state, change) {
  const swatch = state.swatches[swatchIndex];
  const { id, name, full_name: fullName, tile: [column, row] } = district;
  const isSelected = state.selected === id;
  const rank = note ? `、${note}` : "";
  const attributes = {
    class: `kg-tile ${swatch[1] === "hatch" ? "kg-hatched" : ""}`,
    "data-district": id,
    "aria-pressed": String(isSelected),
    "aria-label": `${fullName}、${state.title}は${text}${rank}。${isSelected ? "選んでいます。" : ""}`,
    title: [fullName, text, note].filter(Boolean).join(" "),
    style: `grid-column:${column + 1};grid-row:${row + 1};${radius ? "" : filled(swatch)}`,
  };
  const content = [
    el("span.kg-tile-name", name),
    radius > 0 && el("span.kg-tile-circle", round(swatch, radius)),
    el("span.kg-tile-value", tileText(text, swatchIndex, state.legend)),
  ];
  return pushButton(content, () => change({ select: isSelected ? [] : [id] }), attributes);
}

/** Draw the state of a picture as tiles. */
export function tileGrid(state, { edition, change }) {
  const { legend, districts, selected, alt } = state;
  const tiles = edition.districts.map((district, n) => tileOf(district, districts[n], state, change));
  const label = { "aria-label": `地区タイル: ${legend.heading}`, "aria-describedby": "kg-tiles-told" };
  const grid = el("div.kg-tiles", { role: "group", ...label }, tiles);
  stopAt(grid, tiles.find((tile) => tile.dataset.district === selected) || tiles[0]);
  walk(grid, edition.districts);
  return el("div", el("p.kg-unseen", { id: "kg-tiles-told" }, `${alt}${HOW_TO_WALK}`), grid);
}
