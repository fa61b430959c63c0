// The filter row and the row of options below it. What can be chosen comes with the edition
// (`controls`), once; a rerun brings the chosen values alone.

import { copyText } from "../core/clipboard.js";
import { element } from "../core/dom.js";
import { field } from "./fields.js";
import { current } from "../core/view_state.js";

const MOST_NAMED = 2;

function valuesOf(key) {
  return current()[key] || [];
}

// The names a chip shows for what is chosen in its fields.
function chosenNames(fields) {
  return fields.flatMap((spec) => {
    const choices = [...(spec.options || []), ...(spec.groups || []).flatMap(([, list]) => list)];
    const names = new Map(choices.map(([value, label]) => [value, label]));
    return valuesOf(spec.key).map((value) => names.get(value) || value);
  });
}

const CHIP_TEXTS = {
  names({ label, fields }) {
    const names = chosenNames(fields);
    if (!names.length) return `${label} すべて`;
    const more = names.length > MOST_NAMED ? ` ほか${names.length - MOST_NAMED}` : "";
    return `${label} ${names.slice(0, MOST_NAMED).join("・")}${more}`;
  },
  period({ label, fields }) {
    const [from, to] = fields.map((spec) => valuesOf(spec.key)[0] || "");
    if (!from && !to) return `${label} すべて`;
    return from === to ? `${label} ${from}` : `${label} ${from}〜${to}`;
  },
  count({ label, fields }) {
    const count = fields.filter((spec) => valuesOf(spec.key).length).length;
    return count ? `${label}（${count}）` : label;
  },
};

function closeOthers(row, kept) {
  for (const one of row.querySelectorAll("details[open]")) if (one !== kept) one.open = false;
}

// A menu near the right edge would reach out of the window: it moves to the left.
function keepInside(menu) {
  menu.style.translate = "";
  const beyond = menu.getBoundingClientRect().right - (document.documentElement.clientWidth - 8);
  if (beyond > 0) menu.style.translate = `${-beyond}px`;
}

function chip(group, row, change) {
  const summary = element("summary");
  const fields = group.fields.map((spec) =>
    field(spec, (values) => {
      change({ [spec.key]: values });
      row.sync();
    }),
  );
  const note = group.note ? element("p", { class: "kg-note" }, group.note) : null;
  const menu = element("div", { class: "kg-menu" }, ...fields.map((made) => made.node), note);
  const node = element(
    "details",
    { class: "kg-chip", "data-chip": group.fields[0].key },
    summary,
    menu,
  );
  node.addEventListener("toggle", () => {
    if (!node.open) return;
    closeOthers(row.node, node);
    keepInside(menu);
  });
  const sync = () => {
    summary.textContent = CHIP_TEXTS[group.text](group);
    node.classList.toggle("kg-on", group.fields.some((spec) => valuesOf(spec.key).length));
    fields.forEach((made, n) => made.sync(valuesOf(group.fields[n].key)));
  };
  return { node, sync };
}

function clearButton(keys, row, change) {
  const empty = Object.fromEntries(keys.map((key) => [key, []]));
  const node = element(
    "button",
    {
      type: "button",
      class: "kg-button",
      title: "すべての絞り込みを外します",
      onclick: () => {
        change(empty);
        row.sync();
      },
    },
    "解除",
  );
  return { node, sync: () => (node.disabled = !keys.some((key) => valuesOf(key).length)) };
}

function copyButton() {
  const label = "リンクをコピー";
  const node = element("button", { type: "button", class: "kg-button", "aria-live": "polite" }, label);
  node.addEventListener("click", async () => {
    node.textContent = (await copyText(window.location.href)) ? "コピーしました" : "コピーできません";
    setTimeout(() => (node.textContent = label), 2500);
  });
  return node;
}

// A menu closes by Escape (the focus goes back to its chip) and by a click outside.
function closeMenus(row) {
  document.addEventListener("pointerdown", (event) => {
    closeOthers(row, event.target.closest?.("details.kg-chip"));
  });
  row.addEventListener("keydown", (event) => {
    const open = event.target.closest("details[open]");
    if (event.key !== "Escape" || !open) return;
    open.open = false;
    open.querySelector("summary").focus();
  });
}

export function filters(part, context) {
  const node = element("div", { class: "kg-filters", role: "group", "aria-label": "絞り込み" });
  const row = { node, sync: () => members.forEach((member) => member.sync()) };
  // Filters a page has no use for are neither shown nor cleared.
  const groups = context.edition.filters.filter(({ fields }) => !part.without.includes(fields[0].key));
  const keys = groups.flatMap((group) => group.fields.map((spec) => spec.key));
  const members = groups.map((group) => chip(group, row, context.change));
  members.push(clearButton(keys, row, context.change));
  node.append(...members.map((member) => member.node), copyButton());
  closeMenus(node);
  row.sync();
  return { node, update: row.sync };
}

export function options(part, context) {
  const node = element("div", { class: part.style || "kg-options" });
  const members = new Map();
  const update = ({ items }) => {
    const fields = items.map(([name, extra]) => {
      const spec = context.edition.options[name];
      if (!members.has(name)) {
        members.set(name, field(spec, (values) => context.change({ [spec.key]: values })));
      }
      members.get(name).sync(valuesOf(spec.key), extra);
      return members.get(name).node;
    });
    // Only what is new is put in: a field that is moved would lose the focus.
    if (fields.some((one, n) => node.children[n] !== one) || node.children.length !== fields.length) {
      node.replaceChildren(...fields);
    }
  };
  update(part);
  return { node, update };
}
