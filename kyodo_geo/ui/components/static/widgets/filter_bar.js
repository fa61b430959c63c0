// The filter row and the row of options below it. What can be chosen comes with the edition
// (`controls`), once; a rerun brings the chosen values alone.

import { copyButton } from "../core/clipboard.js";
import { el, pushButton, setChildren } from "../core/dom.js";
import { field } from "./fields.js";
import { valuesOf } from "../core/view_state.js";

const MOST_NAMED = 2;

// The names a chip shows for what is chosen in its fields.
function chosenNames(choices) {
  return choices.flatMap((choice) => {
    const grouped = (choice.groups || []).flatMap(([, list]) => list);
    const names = new Map([...choice.options, ...grouped]);
    return valuesOf(choice.key).map((value) => names.get(value) || value);
  });
}

function setOnes(choices) {
  return choices.filter((choice) => valuesOf(choice.key).length);
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
    const count = setOnes(choices).length;
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

function chip(choiceGroup, bar, set) {
  const { choices, note } = choiceGroup;
  const summary = el("summary");
  const fields = choices.map((choice) => field(choice, (values) => set({ [choice.key]: values })));
  const nodes = fields.map((one) => one.node);
  const menu = el("div.kg-menu", nodes, note && el("p.kg-note", note));
  const ontoggle = () => {
    if (!node.open) return;
    closeOthers(bar, node);
    keepInside(menu);
  };
  const node = el("details.kg-chip", { "data-chip": choices[0].key, ontoggle }, summary, menu);
  const sync = () => {
    summary.textContent = CHIP_TEXTS[choiceGroup.text](choiceGroup.label, choices);
    node.classList.toggle("kg-on", setOnes(choices).length);
    fields.forEach((one, n) => one.sync(valuesOf(choices[n].key)));
  };
  return { node, sync };
}

function clearButton(choices, set) {
  const clear = () => set(Object.fromEntries(choices.map((choice) => [choice.key, []])));
  const node = pushButton("解除", clear, { title: "すべての絞り込みを外します" });
  return { node, sync: () => (node.disabled = !setOnes(choices).length) };
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

function filterRow(without, { edition, change }) {
  const node = el("div.kg-filters", { role: "group", "aria-label": "絞り込み" });
  const sync = () => members.forEach((member) => member.sync());
  const set = (changes) => {
    change(changes);
    sync();
  };
  const groups = edition.filters.filter((choiceGroup) => !without.includes(choiceGroup.choices[0].key));
  const choices = groups.flatMap((choiceGroup) => choiceGroup.choices);
  const members = [...groups.map((one) => chip(one, node, set)), clearButton(choices, set)];
  const copy = copyButton("リンクをコピー", () => location.href, { "aria-live": "polite" });
  node.append(...members.map((member) => member.node), copy);
  closeMenus(node);
  return { node, sync };
}

/** Draw the filter row; filters in `without`, no use on a page, are neither shown nor cleared. */
export function filters({ without }, context, known) {
  const bar = known || filterRow(without, context);
  bar.sync();
  return bar;
}

/** Draw the choices of a page; only what is new is put in, so that no field loses the focus. */
export function options({ items, style }, { edition, change }, known) {
  const { node, members } = known || { node: el("div", { class: style }), members: {} };
  const fields = items.map((optionItem) => {
    const choice = edition.options[optionItem.name];
    members[optionItem.name] ||= field(choice, (values) => change({ [choice.key]: values }));
    const member = members[optionItem.name];
    member.sync(valuesOf(choice.key), optionItem);
    return member.node;
  });
  setChildren(node, fields);
  return { node, members };
}
