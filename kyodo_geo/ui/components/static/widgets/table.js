// Tables of all places, of activities and of figures: real tables that sort, read and print.

import { el, formatted, mark, pushButton, sourceLink, tableFrame } from "../core/dom.js";
import { called, termCalled, termOf } from "../core/glossary.js";
import { sortRows } from "../core/sorting.js";

const NAMES = [{ label: "地区", kind: "text" }, { label: "地域", kind: "text" }];

function named(text, edition) {
  return called(String(text), edition, { isStop: false });
}

// Names one beside the other; terms among them tell their definition.
function joined(texts, edition) {
  if (!texts.length) return "不明";
  return texts.map((text, n) => [n ? "・" : "", named(text, edition)]);
}

// How cells of each kind are written; any other kind is a number.
const WRITTEN = {
  text: named,
  texts: joined,
  link: (value) => sourceLink(value, "出典"),
  terms: (keys, edition) => keys.map((key) => mark(termOf(key, edition), { isAlone: true })),
};

function isText(column) {
  return column.kind in WRITTEN;
}

function cell(column, value, highest, edition) {
  const isMissing = value === null || value === "";
  if (isText(column)) return el("td", isMissing ? "—" : WRITTEN[column.kind](value, edition));
  const style = `width:${(value / highest) * 100}%`;
  const bar = column.hasBar && highest > 0 && value !== null && el("span.kg-bar", { style });
  return el("td.kg-number", bar, el("span.kg-cell", isMissing ? "—" : formatted(value, column.digits)));
}

function rowHead(row, { changeOf, change, edition }) {
  const changes = changeOf(row);
  const button = () => pushButton(row.cells[0], () => change(changes), { class: "kg-link" });
  return el("th", { scope: "row" }, changes ? button() : named(row.cells[0], edition));
}

function line(row, highest, data) {
  const isSelected = row.id === data.selected;
  const look = { class: isSelected && "kg-selected", "aria-current": isSelected };
  const [, ...columns] = data.columns;
  const cells = columns.map((column, n) => {
    return cell(column, row.cells[n + 1], highest[n + 1], data.edition);
  });
  return el("tr", look, { "data-row": row.id }, rowHead(row, data), cells);
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
  const about = term ? { "data-term": term.key } : { title: column.help || column.label };
  return pushButton(column.label, onclick, { class: "kg-sort", ...about });
}

function markOrder(heads, [index, direction]) {
  const sorted = direction > 0 ? "ascending" : "descending";
  heads.forEach((head, n) => head.setAttribute("aria-sort", index === n ? sorted : "none"));
}

// Rows sort, the footer stays below them. What a person has sorted by (`memory`) stays when
// the figures change.
function table(data, { memory = {} } = {}) {
  const { caption, columns, rows, footer = [], style = "", isSortable, edition } = data;
  const isNumber = (value) => typeof value === "number";
  const numbers = (n) => rows.map((row) => row.cells[n]).filter(isNumber);
  const highest = columns.map((_, n) => Math.max(0, ...numbers(n)));
  const body = el("tbody");
  const refresh = () => {
    if (isSortable) markOrder(heads, memory.order || []);
    const lines = sortRows(rows, memory.order).map((row) => line(row, highest, data));
    body.replaceChildren(...lines);
  };
  const heads = columns.map((column, n) => {
    const sorting = () => sortButton(column, n, memory, refresh, edition);
    const name = isSortable ? sorting() : called(column.label, edition);
    return el("th", { scope: "col", class: !isText(column) && "kg-number" }, name);
  });
  refresh();
  const foot = el("tfoot", footer.map((row) => line(row, [], data)));
  return { node: el("div", tableFrame(style, caption, heads, body, foot)), memory };
}

/** Draw the table of all places, in the order of the edition; a place left out has null. */
export function placeTable({ caption, columns, rows, selected }, context, known) {
  const shown = context.edition.places.flatMap(({ id, kind, label, region }, n) => {
    const cells = rows[n] && [label, region, ...rows[n]];
    return cells ? [{ id, isDistrict: kind === "district", cells }] : [];
  });
  const data = {
    caption,
    columns: [...NAMES, ...columns],
    rows: shown.filter(({ isDistrict }) => isDistrict),
    footer: shown.filter(({ isDistrict }) => !isDistrict),
    selected,
    isSortable: true,
    changeOf: ({ id, isDistrict }) => isDistrict && { select: [id] },
  };
  return table({ ...data, ...context }, known);
}

/**
 * Draw a table of rows; a click on a row sets `picks` to its id or, where `changes` has the id,
 * all that it says there.
 */
export function rowTable({ caption, columns, rows, picks, changes, selected, style }, context, known) {
  const changeOf = ({ id }) => changes?.[id] ?? (picks && { [picks]: [id] });
  return table({ caption, columns, rows, selected, style, changeOf, ...context }, known);
}
