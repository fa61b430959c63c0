// Tables of all places, of activities and of figures: real tables that sort, read and print.

import { element, formatted, mark, sourceLink } from "../core/dom.js";
import { called, termCalled } from "../core/glossary.js";

const IN_ROWS = { isStop: false };

// Names one beside the other; terms among them tell their definition.
function joined(texts, edition) {
  if (!texts.length) return ["不明"];
  return texts.flatMap((text, n) => [n ? "・" : "", called(text, edition, IN_ROWS)]);
}

function cell(column, value, highest, edition) {
  const isMissing = value === null || value === undefined || value === "";
  if (column.kind === "link") return element("td", {}, isMissing ? "—" : sourceLink(value, "出典"));
  if (column.kind === "text") return element("td", {}, isMissing ? "—" : called(String(value), edition, IN_ROWS));
  if (column.kind === "texts") return element("td", {}, ...joined(value, edition));
  if (column.kind === "terms") {
    return element("td", {}, ...value.map((n) => mark(edition.terms[column.of][n], { isAlone: true })));
  }
  const td = element("td", { class: "kg-number" });
  if (column.bar && highest > 0 && value !== null) {
    td.append(element("span", { class: "kg-bar", style: `width:${(value / highest) * 100}%` }));
  }
  td.append(element("span", { class: "kg-cell" }, isMissing ? "—" : formatted(value, column.digits)));
  return td;
}

// Rows sort; the rows of 全市, regions and the whole stay below them.
function sorted(rows, order) {
  if (!order) return rows;
  const [index, direction] = order;
  const known = rows.filter((row) => row.cells[index] !== null);
  const missing = rows.filter((row) => row.cells[index] === null);
  known.sort(({ cells: { [index]: x } }, { cells: { [index]: y } }) => {
    return (typeof x === "number" ? x - y : String(x).localeCompare(String(y), "ja")) * direction;
  });
  return [...known, ...missing];
}

function rowHead(row, { pick, edition }) {
  if (!row.pick) return element("th", { scope: "row" }, called(String(row.cells[0]), edition, IN_ROWS));
  const button = element("button", { type: "button", class: "kg-link", onclick: () => pick(row.id) }, row.cells[0]);
  return element("th", { scope: "row" }, button);
}

function line(row, highest, data) {
  const isSelected = Boolean(data.selected) && row.id === data.selected;
  return element(
    "tr",
    { class: isSelected ? "kg-selected" : null, "data-row": row.id, "aria-current": isSelected || null },
    rowHead(row, data),
    ...row.cells.slice(1).map((value, n) => cell(data.columns[n + 1], value, highest[n + 1], data.edition)),
  );
}

function isText(column) {
  return ["text", "texts", "link", "terms"].includes(column.kind);
}

// The first click on a number sorts from the largest, on a text from the first.
function sortButton(column, n, memory, refresh, edition) {
  const onclick = () => {
    const [index, direction] = memory.order || [];
    memory.order = [n, index === n ? -direction : isText(column) ? 1 : -1];
    refresh();
  };
  const term = termCalled(column.label, edition);
  const told = term ? { "data-term": term.key } : { title: column.help || column.label };
  return element("button", { type: "button", class: "kg-sort", ...told, onclick }, column.label);
}

function headings(data, memory, refresh) {
  return data.columns.map((column, n) => {
    const heading = element("th", { scope: "col", class: isText(column) ? null : "kg-number" });
    heading.append(data.isSortable ? sortButton(column, n, memory, refresh, data.edition) : called(column.label, data.edition));
    return heading;
  });
}

function markOrder(headings, memory) {
  const [index, direction] = memory.order || [];
  headings.forEach((heading, n) => {
    heading.setAttribute("aria-sort", index !== n ? "none" : direction > 0 ? "ascending" : "descending");
  });
}

function table(data, memory) {
  const highest = data.columns.map((_, n) =>
    Math.max(0, ...data.rows.map((row) => (typeof row.cells[n] === "number" ? row.cells[n] : 0))),
  );
  const body = element("tbody");
  const foot = element("tfoot", {}, ...(data.footer || []).map((row) => line(row, [], data)));
  const refresh = () => {
    if (data.isSortable) markOrder(heads, memory);
    body.replaceChildren(...sorted(data.rows, memory.order).map((row) => line(row, highest, data)));
  };
  const heads = headings(data, memory, refresh);
  refresh();
  return element(
    "div",
    { class: "kg-scroll", tabindex: "0", role: "region", "aria-label": data.caption },
    element(
      "table",
      { class: `kg-table ${data.style || ""}` },
      element("caption", {}, data.caption),
      element("thead", {}, element("tr", {}, ...heads)),
      body,
      foot,
    ),
  );
}

// What a person has sorted by stays when the figures change.
function remembering(data) {
  const memory = {};
  return { node: table(data, memory), memory };
}

// Places: cells stand in the order of the edition's places; a place left out has null.
function ofPlaces(part, context) {
  const rows = context.edition.places.flatMap((place, n) => {
    if (part.rows[n] === null) return [];
    const isDistrict = place.kind === "district";
    return [{ id: place.id, pick: isDistrict, isDistrict, cells: [place.label, place.region, ...part.rows[n]] }];
  });
  const names = [{ label: "地区", kind: "text" }, { label: "地域", kind: "text" }];
  return {
    ...part,
    edition: context.edition,
    columns: [...names, ...part.columns],
    rows: rows.filter((row) => row.isDistrict),
    footer: rows.filter((row) => !row.isDistrict),
    isSortable: true,
    pick: (id) => context.change({ select: [id] }),
  };
}

// A click on a row sets `picks` to its id or, where `changes` has the id, all that it says there.
function ofRows(part, context) {
  const changeOf = (id) => part.changes?.[id] ?? (part.picks ? { [part.picks]: [id] } : null);
  const rows = part.rows.map(({ id, cells }) => ({ id, cells, pick: Boolean(changeOf(id)) }));
  return { ...part, edition: context.edition, rows, pick: (id) => context.change(changeOf(id)) };
}

function kept(prepare) {
  return (part, context) => {
    const { node, memory } = remembering(prepare(part, context));
    const box = element("div", {}, node);
    const update = (changed) => box.replaceChildren(table(prepare(changed, context), memory));
    return { node: box, update };
  };
}

export const placeTable = kept(ofPlaces);
export const rowTable = kept(ofRows);
