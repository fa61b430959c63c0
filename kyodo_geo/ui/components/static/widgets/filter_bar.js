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
function chosenNames(choices) {
  return choices.flatMap((choice) => {
    const grouped = (choice.groups || []).flatMap(([, list]) => list);
    const names = new Map([...choice.options, ...grouped]);
    return valuesOf(choice.key).map((value) => names.get(value) || value);
  });
}

const CHIP_TEXTS = {
  names(label, choices) {
    const names = chosenNames(choices);
    if (!names.length) return `${label} すべて`;
    const more = names.length > MOST_NAMED ? ` ほか${names.length - MOST_NAMED}` : "";
    return `${label} ${names.slice(0, MOST_NAMED).join("・")}${more}`;
  },
  period(label, choices) {
    const [from, to] = choices.map((choice) => valuesOf(choice.key)[0] || "");
    if (!from && !to) return `${label} すべて`;
    return from === to ? `${label} ${from}` : `${label} ${from}〜${to}`;
  },
  count(label, choices) {
    const count = choices.filter((choice) => valuesOf(choice.key).length).length;
    return count ? `${label}（${count}）` : label;
  },
};

function closeOthers(bar, kept) {
  for (const open of bar.querySelectorAll("details[open]")) if (open !== kept) open.open = false;
}

// A menu near the right edge would reach out of the window: it moves to the left.
function keepInside(menu) {
  menu.style.translate = "";
  const beyond = menu.getBoundingClientRect().right - (document.documentElement.clientWidth - 8);
  if (beyond > 0) menu.style.translate = `${-beyond}px`;
}

function chip(choiceGroup, bar, change) {
  const summary = element("summary");
  const choices = choiceGroup.choices;
  const fields = choices.map((choice) =>
    field(choice, (values) => {
      change({ [choice.key]: values });
      bar.sync();
    }),
  );
  const note = choiceGroup.note ? element("p", { class: "kg-note" }, choiceGroup.note) : null;
  const menu = element("div", { class: "kg-menu" }, ...fields.map(({ node }) => node), note);
  const node = element("details", { class: "kg-chip", "data-chip": choices[0].key }, summary, menu);
  node.addEventListener("toggle", () => {
    if (!node.open) return;
    closeOthers(bar.node, node);
    keepInside(menu);
  });
  const sync = () => {
    summary.textContent = CHIP_TEXTS[choiceGroup.text](choiceGroup.label, choices);
    node.classList.toggle("kg-on", choices.some((choice) => valuesOf(choice.key).length));
    fields.forEach((one, n) => one.sync(valuesOf(choices[n].key)));
  };
  return { node, sync };
}

function clearButton(keys, bar, change) {
  const empty = Object.fromEntries(keys.map((key) => [key, []]));
  const node = element(
    "button",
    {
      type: "button",
      class: "kg-button",
      title: "すべての絞り込みを外します",
      onclick: () => {
        change(empty);
        bar.sync();
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
function closeMenus(bar) {
  document.addEventListener("pointerdown", (event) => {
    closeOthers(bar, event.target.closest?.("details.kg-chip"));
  });
  bar.addEventListener("keydown", (event) => {
    const open = event.target.closest("details[open]");
    if (event.key !== "Escape" || !open) return;
    open.open = false;
    open.querySelector("summary").focus();
  });
}

export function filters({ without }, context, known) {
  const bar = known || filterRow(without, context);
  bar.sync();
  return bar;
}

// Filters a page has no use for are neither shown nor cleared.
function filterRow(without, { edition, change }) {
  const node = element("div", { class: "kg-filters", role: "group", "aria-label": "絞り込み" });
  const bar = { node, sync: () => members.forEach((member) => member.sync()) };
  const groups = edition.filters.filter((choiceGroup) => !without.includes(choiceGroup.choices[0].key));
  const keys = groups.flatMap((choiceGroup) => choiceGroup.choices.map((choice) => choice.key));
  const chips = groups.map((choiceGroup) => chip(choiceGroup, bar, change));
  const members = [...chips, clearButton(keys, bar, change)];
  node.append(...members.map((member) => member.node), copyButton());
  closeMenus(node);
  return bar;
}

export function options({ items, style }, { edition, change }, known) {
  const { node, members } = known || { node: element("div", { class: style }), members: {} };
  const fields = items.map((optionItem) => {
    const choice = edition.options[optionItem.name];
    members[optionItem.name] ||= field(choice, (values) => change({ [choice.key]: values }));
    const member = members[optionItem.name];
    member.sync(valuesOf(choice.key), optionItem);
    return member.node;
  });
  // Only what is new is put in: a field that is moved would lose the focus.
  if (fields.some((one, n) => node.children[n] !== one) || node.children.length !== fields.length) {
    node.replaceChildren(...fields);
  }
  return { node, members };
}
