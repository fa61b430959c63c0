// Charts, drawn from their description (components/charts.py): what is long, coloured, lettered
// and said is decided there. Here it becomes elements that can be read, reached and printed.

import { el, pushButton, scrolling, svg, tableFrame } from "../core/dom.js";
import { called } from "../core/glossary.js";

const BANDS = "協働の範囲。左ほど市民、右ほど市のかかわりが強い";
const BANDS_SIDES = ["← 市民が強い", "A・B・Cが協働の範囲", "市が強い →"];

// A name is a text, which may be a term's, or a term with its letter.
function named(name, { edition, drawn }, options) {
  return typeof name === "string" ? called(name, edition, options) : drawn(name);
}

function drawPiece(side, chartPiece) {
  const { share, colour, ink, mark, title } = chartPiece;
  const style = share && `${side}:${share}%;background:${colour};color:${ink}`;
  return el("i", { style, title }, mark);
}

/** Draw bars one below the other. */
export function barChart({ rows }, context) {
  const bar = ([share, colour]) => el("i", { style: `width:${share}%;background:${colour}` });
  const lines = rows.map((barRow) => [
    el("dt", named(barRow.name, context)),
    el("dd.kg-bar-cell", barRow.pieces.map(bar)),
    el("dd", barRow.text),
  ]);
  return el("dl.kg-figures", lines);
}

function drawColumn(chartColumn, isCounted) {
  const { title, text, label, pieces } = chartColumn;
  const drawn = pieces.map((one) => drawPiece("height", one));
  const stack = el("span", { class: isCounted ? "kg-squares" : "kg-stack" }, drawn);
  const look = { title, class: !pieces.length && "kg-none" };
  return el("li", look, el("b", text), stack, el("small", label));
}

/** Draw columns side by side, the key of their colours, and what stands below. */
export function columnChart({ caption, name, summary, columns, legend, below, isCounted }, context) {
  const items = columns.map((column) => drawColumn(column, isCounted));
  const look = { class: isCounted && "kg-action-years", "aria-label": summary };
  const box = scrolling("group", name, el("ol.kg-years", look, items));
  const key = legend.map((one) => el("li", named(one, context)));
  // Where there is no room for all years the newest are in sight.
  requestAnimationFrame(() => (box.scrollLeft = box.scrollWidth));
  const parts = [key.length > 0 && el("ul.kg-key", key), box, context.drawn(below)];
  return el("figure.kg-years-figure", el("figcaption", caption), parts);
}

/** Draw ticks on a line, the marked one last, on top; figures at its ends. */
export function scaleLine({ label, ticks, marked, ends }) {
  const tick = (left, style) => el("i", { class: style, style: `left:${left}%` });
  const look = { class: !ends.length && "kg-short", role: "img", "aria-label": label };
  const drawn = [...ticks.map((left) => tick(left)), marked && tick(marked, "kg-here")];
  const line = el("div.kg-strip", look, drawn);
  if (!ends.length) return line;
  const figures = ends.map((text) => el("span", text));
  return el("div", line, el("div.kg-ends", { "aria-hidden": "true" }, figures));
}

/** Draw one bar of pieces, for a cell of a table. */
export function shareBar({ label, pieces }) {
  const drawn = pieces.map((one) => drawPiece("width", one));
  return el("span.kg-rating", { role: "img", "aria-label": label }, drawn);
}

function drawShaded(shadedCell) {
  const { text, colour, ink, isTotal } = shadedCell;
  const look = colour && `background:${colour};color:${ink}`;
  return el("td.kg-number", { style: isTotal ? "font-weight:700" : look }, text);
}

function drawCell(value, isNumber, { drawn }) {
  if (typeof value === "string") return el("td", { class: isNumber && "kg-number" }, value);
  return value.kind ? el("td", drawn(value)) : drawShaded(value);
}

/** Draw a table with charts or colours in its cells. */
export function chartTable({ caption, heads, rows, style }, context) {
  const head = (chartHead) => {
    const look = { scope: "col", class: chartHead.isNumber && "kg-number" };
    return el("th", look, named(chartHead.name, context));
  };
  const line = (chartRow) => {
    const { name, cells, note } = chartRow;
    const text = named(name, context, { isStop: false });
    const drawn = cells.map((value, n) => drawCell(value, heads[n + 1].isNumber, context));
    return el("tr", el("th", { scope: "row", title: note }, text), drawn);
  };
  return tableFrame(style, caption, heads.map(head), el("tbody", rows.map(line)));
}

function bandButton(bandSlope, [lower, upper], change) {
  const { term, label, text, left, right } = bandSlope;
  const onclick = ({ currentTarget }) => {
    const isChosen = currentTarget.getAttribute("aria-pressed") === "true";
    change({ term: isChosen ? [] : [term] });
  };
  const look = svg(
    "svg",
    { viewBox: "0 0 100 100", preserveAspectRatio: "none", "aria-hidden": "true" },
    svg("rect", { width: 100, height: 100, fill: lower }),
    svg("polygon", { points: `0,0 100,0 100,${right} 0,${left}`, fill: upper }),
  );
  const attributes = { class: "kg-band", "data-band": term, "aria-label": text };
  return pushButton([look, el("span", label)], onclick, attributes);
}

function bandsFigure(colours, sides, bands, change) {
  const keys = sides.map(([label, colour]) => {
    return el("span", el("i", { style: `background:${colour}` }), label);
  });
  const buttons = bands.map((one) => bandButton(one, colours, change));
  return el(
    "figure.kg-bands",
    el("figcaption", keys),
    el("div", { role: "group", "aria-label": BANDS }, buttons),
    el("p", { "aria-hidden": "true" }, BANDS_SIDES.map((text) => el("span", text))),
  );
}

/** Draw bands of two colours each; a click sets `term`, a second one unsets it. */
export function bandSlopes({ colours, sides, bands, here }, { change }, known) {
  const node = known?.node || bandsFigure(colours, sides, bands, change);
  for (const button of node.querySelectorAll("button")) {
    button.setAttribute("aria-pressed", String(button.dataset.band === here));
  }
  return { node };
}
