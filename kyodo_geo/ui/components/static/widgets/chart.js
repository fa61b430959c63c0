// Charts, drawn from their description (components/charts.py): what is long, coloured, lettered
// and said is decided there. Here it becomes elements that can be read, reached and printed.

import { element } from "../core/dom.js";
import { svgElement } from "../core/geometry.js";
import { called } from "../core/glossary.js";

const BANDS = "協働の範囲。左ほど市民、右ほど市のかかわりが強い";
const BANDS_SIDES = ["← 市民が強い", "A・B・Cが協働の範囲", "市が強い →"];

// A name is a text, which may be a term's, or a term with its letter.
function named(name, { edition, drawn }, options) {
  return typeof name === "string" ? [called(name, edition, options)] : drawn(name);
}

// What is wider than the window scrolls, by keyboard too.
function scrolling(role, label, child) {
  return element("div", { class: "kg-scroll", tabindex: "0", role, "aria-label": label }, child);
}

function drawPiece(side, chartPiece) {
  const { share } = chartPiece;
  const style = share && `${side}:${share}%;background:${chartPiece.colour};color:${chartPiece.ink}`;
  return element("i", { style, title: chartPiece.title }, chartPiece.mark);
}

export function barChart({ rows }, context) {
  const bar = ([share, colour]) => element("i", { style: `width:${share}%;background:${colour}` });
  const lines = rows.flatMap((barRow) => [
    element("dt", {}, ...named(barRow.name, context)),
    element("dd", { class: "kg-bar-cell" }, ...barRow.pieces.map(bar)),
    element("dd", {}, barRow.text),
  ]);
  return element("dl", { class: "kg-figures" }, ...lines);
}

function drawColumn(chartColumn, isCounted) {
  const { pieces } = chartColumn;
  const drawn = pieces.map((one) => drawPiece("height", one));
  return element(
    "li",
    { title: chartColumn.title, class: pieces.length ? null : "kg-none" },
    element("b", {}, chartColumn.text),
    element("span", { class: isCounted ? "kg-squares" : "kg-stack" }, ...drawn),
    element("small", {}, chartColumn.label),
  );
}

export function columnChart({ caption, name, summary, columns, legend, below, isCounted }, context) {
  const items = columns.map((column) => drawColumn(column, isCounted));
  const style = isCounted ? "kg-years kg-action-years" : "kg-years";
  const box = scrolling("group", name, element("ol", { class: style, "aria-label": summary }, ...items));
  const key = legend.map((one) => element("li", {}, ...named(one, context)));
  // Where there is no room for all years the newest are in sight.
  requestAnimationFrame(() => (box.scrollLeft = box.scrollWidth));
  return element(
    "figure",
    { class: "kg-years-figure" },
    element("figcaption", {}, caption),
    key.length ? element("ul", { class: "kg-key" }, ...key) : null,
    box,
    ...context.drawn(below),
  );
}

// The marked tick is drawn last, on top.
export function scaleLine({ label, ticks, marked, ends }) {
  const tick = (left, style) => element("i", { class: style, style: `left:${left}%` });
  const line = element(
    "div",
    { class: ends.length ? "kg-strip" : "kg-strip kg-short", role: "img", "aria-label": label },
    ...ticks.map((left) => tick(left)),
    marked ? tick(marked, "kg-here") : null,
  );
  if (!ends.length) return line;
  const figures = ends.map((text) => element("span", {}, text));
  return element("div", {}, line, element("div", { class: "kg-ends", "aria-hidden": "true" }, ...figures));
}

export function shareBar({ label, pieces }) {
  const drawn = pieces.map((one) => drawPiece("width", one));
  return element("span", { class: "kg-rating", role: "img", "aria-label": label }, ...drawn);
}

function drawShaded(shadedCell) {
  const { colour } = shadedCell;
  const look = colour && `background:${colour};color:${shadedCell.ink}`;
  const style = shadedCell.isTotal ? "font-weight:700" : look;
  return element("td", { class: "kg-number", style }, shadedCell.text);
}

function drawCell(value, isNumber, { drawn }) {
  if (typeof value === "string") return element("td", { class: isNumber ? "kg-number" : null }, value);
  return value.kind ? element("td", {}, ...drawn(value)) : drawShaded(value);
}

export function chartTable({ caption, heads, rows, style }, context) {
  const head = (chartHead) => {
    const look = { scope: "col", class: chartHead.isNumber ? "kg-number" : null };
    return element("th", look, ...named(chartHead.name, context));
  };
  const rowHead = (chartRow) => {
    const name = named(chartRow.name, context, { isStop: false });
    return element("th", { scope: "row", title: chartRow.note || null }, ...name);
  };
  const line = (chartRow) =>
    element(
      "tr",
      {},
      rowHead(chartRow),
      ...chartRow.cells.map((value, n) => drawCell(value, heads[n + 1].isNumber, context)),
    );
  const table = element(
    "table",
    { class: `kg-table ${style}` },
    element("caption", {}, caption),
    element("thead", {}, element("tr", {}, ...heads.map(head))),
    element("tbody", {}, ...rows.map(line)),
  );
  return scrolling("region", caption, table);
}

function bandButton(bandSlope, [lower, upper], change) {
  const points = `0,0 100,0 100,${bandSlope.right} 0,${bandSlope.left}`;
  const box = { viewBox: "0 0 100 100", preserveAspectRatio: "none", "aria-hidden": "true" };
  const attributes = {
    type: "button",
    class: "kg-band",
    "data-band": bandSlope.term,
    "aria-label": bandSlope.text,
    onclick: ({ currentTarget }) => {
      const isChosen = currentTarget.getAttribute("aria-pressed") === "true";
      change({ term: isChosen ? [] : [bandSlope.term] });
    },
  };
  const look = svgElement(
    "svg",
    box,
    svgElement("rect", { width: 100, height: 100, fill: lower }),
    svgElement("polygon", { points, fill: upper }),
  );
  return element("button", attributes, look, element("span", {}, bandSlope.label));
}

function bandsFigure(colours, sides, bands, change) {
  const keys = sides.map(([label, colour]) =>
    element("span", {}, element("i", { style: `background:${colour}` }), label),
  );
  const buttons = bands.map((one) => bandButton(one, colours, change));
  return element(
    "figure",
    { class: "kg-bands" },
    element("figcaption", {}, ...keys),
    element("div", { role: "group", "aria-label": BANDS }, ...buttons),
    element("p", { "aria-hidden": "true" }, ...BANDS_SIDES.map((text) => element("span", {}, text))),
  );
}

export function bandSlopes({ colours, sides, bands, here }, { change }, known) {
  const node = known?.node || bandsFigure(colours, sides, bands, change);
  for (const button of node.querySelectorAll("button")) {
    button.setAttribute("aria-pressed", String(button.dataset.band === here));
  }
  return { node };
}
