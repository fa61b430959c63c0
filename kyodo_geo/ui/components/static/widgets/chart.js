// Charts, drawn from their description (components/charts.py): what is long, coloured, lettered
// and said is decided there. Here it becomes elements that can be read, reached and printed.

import { element, mark } from "../core/dom.js";
import { svgElement } from "../core/geometry.js";
import { called, termName, termOf } from "../core/glossary.js";

// A name is a text, or a term with its letter.
function named(name, { edition }, options) {
  if (!name.term) return [called(name, edition, options)];
  const term = termOf(name.term, edition);
  return [mark(term), termName(term)];
}

// What is wider than the window scrolls, by keyboard too.
function scrolling(role, label, ...children) {
  return element("div", { class: "kg-scroll", tabindex: "0", role, "aria-label": label }, ...children);
}

function piece(side, { share, colour, ink, mark: letter, title }) {
  const style = share && `${side}:${share}%;background:${colour};color:${ink}`;
  return element("i", { style, title }, letter);
}

function barChart({ rows }, context) {
  const lines = rows.flatMap(({ name, text, pieces }) => [
    element("dt", {}, ...named(name, context)),
    element("dd", { class: "kg-bar-cell" }, ...pieces.map(([share, colour]) => element("i", { style: `width:${share}%;background:${colour}` }))),
    element("dd", {}, text),
  ]);
  return element("dl", { class: "kg-figures" }, ...lines);
}

function columnChart({ caption, name, summary, is_counted: isCounted, key, columns, below }, context) {
  const items = columns.map(({ title, text, label, pieces }) =>
    element(
      "li",
      { title, class: pieces.length ? null : "kg-none" },
      element("b", {}, text),
      element("span", { class: isCounted ? "kg-squares" : "kg-stack" }, ...pieces.map((one) => piece("height", one))),
      element("small", {}, label),
    ),
  );
  const style = isCounted ? "kg-years kg-action-years" : "kg-years";
  const box = scrolling("group", name, element("ol", { class: style, "aria-label": summary }, ...items));
  // Where there is no room for all years the newest are in sight.
  requestAnimationFrame(() => (box.scrollLeft = box.scrollWidth));
  return element(
    "figure",
    { class: "kg-years-figure" },
    element("figcaption", {}, caption),
    key.length ? element("ul", { class: "kg-key" }, ...key.map((one) => element("li", {}, ...named(one, context)))) : null,
    box,
    ...below.map(context.drawn),
  );
}

// The marked tick is drawn last, on top.
function scale({ label, ticks, here, ends }) {
  const tick = (left, style) => element("i", { class: style, style: `left:${left}%` });
  const line = element(
    "div",
    { class: ends.length ? "kg-strip" : "kg-strip kg-short", role: "img", "aria-label": label },
    ...ticks.map((left) => tick(left)),
    here && tick(here, "kg-here"),
  );
  if (!ends.length) return line;
  const figures = ends.map((text) => element("span", {}, text));
  return element("div", {}, line, element("div", { class: "kg-ends", "aria-hidden": "true" }, ...figures));
}

function shares({ label, pieces }) {
  return element("span", { class: "kg-rating", role: "img", "aria-label": label }, ...pieces.map((one) => piece("width", one)));
}

function cell(value, isNumber, context) {
  if (value.kind) return element("td", {}, context.drawn(value));
  if (!value.look) return element("td", { class: isNumber && "kg-number" }, value);
  const [colour, ink] = value.look;
  const style = value.is_total ? "font-weight:700" : colour && `background:${colour};color:${ink}`;
  return element("td", { class: "kg-number", style }, value.text);
}

function chartTable({ caption, style, heads, rows }, context) {
  const head = ({ name, is_number: isNumber }) =>
    element("th", { scope: "col", class: isNumber && "kg-number" }, ...named(name, context));
  const line = ({ name, cells, note }) =>
    element(
      "tr",
      {},
      element("th", { scope: "row", title: note || null }, ...named(name, context, { isStop: false })),
      ...cells.map((value, n) => cell(value, heads[n + 1].is_number, context)),
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

function slope({ left, right }, [lower, upper]) {
  return svgElement(
    "svg",
    { viewBox: "0 0 100 100", preserveAspectRatio: "none", "aria-hidden": "true" },
    svgElement("rect", { width: 100, height: 100, fill: lower }),
    svgElement("polygon", { points: `0,0 100,0 100,${right} 0,${left}`, fill: upper }),
  );
}

function slopes(part, context) {
  let here = part.here;
  const buttons = part.slopes.map((one) => {
    const onclick = () => context.change({ term: one.id === here ? [] : [one.id] });
    const attributes = { type: "button", class: "kg-band", "data-band": one.id, "aria-label": one.text, onclick };
    return element("button", attributes, slope(one, part.colours), element("span", {}, one.label));
  });
  const update = (changed) => {
    here = changed.here;
    for (const button of buttons) button.setAttribute("aria-pressed", String(button.dataset.band === here));
  };
  update(part);
  const sides = part.sides.map(({ label, colour }) =>
    element("span", {}, element("i", { style: `background:${colour}` }), label),
  );
  const node = element(
    "figure",
    { class: "kg-bands" },
    element("figcaption", {}, ...sides),
    element("div", { role: "group", "aria-label": "協働の範囲。左ほど市民、右ほど市のかかわりが強い" }, ...buttons),
    element("p", { "aria-hidden": "true" }, ...["← 市民が強い", "A・B・Cが協働の範囲", "市が強い →"].map((text) => element("span", {}, text))),
  );
  return { node, update };
}

export const CHARTS = { barChart, columnChart, scale, shares, chartTable, slopes };
