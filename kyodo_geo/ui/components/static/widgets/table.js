// Tables of all places, of activities and of figures: real tables that sort, read and print.

import { element, formatted, mark, sourceLink } from "../core/dom.js";
import { called, termCalled, termOf } from "../core/glossary.js";

const IN_ROWS = { isStop: false };
const TEXTUAL = ["text", "texts", "link", "terms"];
const NAMES = [{ label: "地区", kind: "text" }, { label: "地域", kind: "text" }];

function named(text, edition) {
  return called(String(text), edition, IN_ROWS);
}

// Names one beside the other; terms among them tell their definition.
function joined(texts, edition) {
  if (!texts.length) return ["不明"];
  return texts.flatMap((text, n) => [n ? "・" : "", named(text, edition)]);
}

const WRITTEN = {
  text: (value, edition) => [named(value, edition)],
  texts: joined,
  link: (value) => [sourceLink(value, "出典")],
  terms: (keys, edition) => keys.map((key) => mark(termOf(key, edition), { isAlone: true })),
};

function isMissing(value) {
  return value === null || value === "";
}

function cell(column, value, highest, edition) {
  if (isText(column)) {
    return element("td", {}, ...(isMissing(value) ? ["—"] : WRITTEN[column.kind](value, edition)));
  }
  const hasBar = column.hasBar && highest > 0 && value !== null;
  const bar = hasBar && element("span", { class: "kg-bar", style: `width:${(value / highest) * 100}%` });
  const text = isMissing(value) ? "—" : formatted(value, column.digits);
  return element("td", { class: "kg-number" }, bar || null, element("span", { class: "kg-cell" }, text));
}

function isText(column) {
  return TEXTUAL.includes(column.kind);
}

// Those without a value come last, whatever the direction. `order` is [index of the column, ±1].
export function sortRows(rows, order) {
  if (!order) return rows;
  const [index, direction] = order;
  const valueOf = (row) => row.cells[index];
  const known = rows.filter((row) => valueOf(row) !== null);
  const missing = rows.filter((row) => valueOf(row) === null);
  const compared = (x, y) => (typeof x === "number" ? x - y : String(x).localeCompare(String(y), "ja"));
  return [...known.sort((a, b) => compared(valueOf(a), valueOf(b)) * direction), ...missing];
}

function rowHead(row, { changeOf, change, edition }) {
  const changes = changeOf(row.id);
  if (!changes) return element("th", { scope: "row" }, named(row.cells[0], edition));
  const onclick = () => change(changes);
  const button = element("button", { type: "button", class: "kg-link", onclick }, row.cells[0]);
  return element("th", { scope: "row" }, button);
}

function line(row, highest, data) {
  const isSelected = row.id === data.selected;
  const attributes = { class: isSelected && "kg-selected", "data-row": row.id, "aria-current": isSelected };
  const [, ...columns] = data.columns;
  const cells = columns.map((column, n) => cell(column, row.cells[n + 1], highest[n + 1], data.edition));
  return element("tr", attributes, rowHead(row, data), ...cells);
}

// The first click on a number sorts from the largest, on a text from the first.
function sortButton(column, n, memory, refresh, edition) {
  const onclick = () => {
    const [index, direction] = memory.order || [];
    const first = isText(column) ? 1 : -1;
    memory.order = [n, index === n ? -direction : first];
    refresh();
  };
  const term = termCalled(column.label, edition);
  const told = term ? { "data-term": term.key } : { title: column.help || column.label };
  return element("button", { type: "button", class: "kg-sort", ...told, onclick }, column.label);
}

function headings({ columns, edition, isSortable }, memory, refresh) {
  return columns.map((column, n) => {
    const name = isSortable
      ? sortButton(column, n, memory, refresh, edition)
      : called(column.label, edition);
    return element("th", { scope: "col", class: isText(column) ? null : "kg-number" }, name);
  });
}

function markOrder(heads, [index, direction]) {
  const sorted = direction > 0 ? "ascending" : "descending";
  heads.forEach((head, n) => head.setAttribute("aria-sort", index === n ? sorted : "none"));
}

// Rows sort, the footer stays below them. What a person has sorted by (`memory`) stays when
// the figures change.
function table(data, { memory = {} } = {}) {
  const { caption, columns, rows, footer = [], style = "" } = data;
  const numbers = (n) => rows.map((row) => row.cells[n]).filter((value) => typeof value === "number");
  const highest = columns.map((_, n) => Math.max(0, ...numbers(n)));
  const body = element("tbody");
  const refresh = () => {
    if (data.isSortable) markOrder(heads, memory.order || []);
    body.replaceChildren(...sortRows(rows, memory.order).map((row) => line(row, highest, data)));
  };
  const heads = headings(data, memory, refresh);
  refresh();
  const node = element(
    "div",
    { class: "kg-scroll", tabindex: "0", role: "region", "aria-label": caption },
    element(
      "table",
      { class: `kg-table ${style}` },
      element("caption", {}, caption),
      element("thead", {}, element("tr", {}, ...heads)),
      body,
      element("tfoot", {}, ...footer.map((row) => line(row, [], data))),
    ),
  );
  return { node: element("div", {}, node), memory };
}

// Cells stand in the order of the edition's places; a place that is left out has null.
export function placeTable({ caption, columns, rows, selected }, { edition, change }, known) {
  const isDistrict = ({ kind }) => kind === "district";
  const shown = edition.places.map((place, n) => [place, rows[n]]).filter(([, cells]) => cells);
  const rowsOf = (places) =>
    places.map(([{ id, label, region }, cells]) => ({ id, cells: [label, region, ...cells] }));
  const ids = new Set(edition.places.filter(isDistrict).map(({ id }) => id));
  const data = {
    caption,
    columns: [...NAMES, ...columns],
    rows: rowsOf(shown.filter(([place]) => isDistrict(place))),
    footer: rowsOf(shown.filter(([place]) => !isDistrict(place))),
    selected,
    isSortable: true,
    changeOf: (id) => ids.has(id) && { select: [id] },
    edition,
    change,
  };
  return table(data, known);
}

// A click on a row sets `picks` to its id or, where `changes` has the id, all that it says there.
export function rowTable({ caption, columns, rows, picks, changes, selected, style }, context, known) {
  const changeOf = (id) => changes?.[id] ?? (picks && { [picks]: [id] });
  const { edition, change } = context;
  return table({ caption, columns, rows, selected, style, changeOf, edition, change }, known);
}
