// Form fields of the filter row and of the options below it. Each is made once and follows
// the view; `choose(values)` hears what a person sets.

import { element } from "../core/dom.js";

let made = 0;

function defaultOf(choice) {
  return choice.default || "";
}

function pill(type, name, [value, label, help, term], choose) {
  const input = element("input", { type, name, value, onchange: () => choose(value, input.checked) });
  const attributes = { class: "kg-pill", title: term ? null : help, "data-term": term };
  return element("label", attributes, input, element("span", {}, label));
}

function inputsOf(node) {
  return [...node.querySelectorAll("input")];
}

function checked(node) {
  return inputsOf(node).filter((input) => input.checked).map((input) => input.value);
}

// A group of buttons, one or many of which may be set.
function pills(choice, type, choose) {
  const name = `${choice.key}-${(made += 1)}`;
  const groups = choice.groups || [[null, choice.options]];
  const rows = groups.map(([heading, options]) =>
    element(
      "div",
      { class: "kg-pills" },
      heading ? element("span", { class: "kg-group" }, heading) : null,
      ...options.map((option) => pill(type, name, option, choose)),
    ),
  );
  return element("fieldset", { class: "kg-field" }, element("legend", {}, choice.label), ...rows);
}

function many(choice, choose) {
  const node = pills(choice, "checkbox", () => choose(checked(node)));
  const sync = (values) => inputsOf(node).forEach((input) => (input.checked = values.includes(input.value)));
  return { node, sync };
}

function one(choice, choose) {
  const node = pills(choice, "radio", (value) => choose(value === defaultOf(choice) ? [] : [value]));
  const sync = ([value = defaultOf(choice)], optionItem) => {
    for (const input of inputsOf(node)) {
      input.checked = input.value === value;
      input.disabled = Boolean(optionItem?.isDisabled);
    }
  };
  return { node, sync };
}

function optionsOf(choice) {
  const plain = (options) => options.map(([value, label]) => element("option", { value }, label));
  const groups = (choice.groups || []).map(([label, options]) =>
    element("optgroup", { label }, ...plain(options)),
  );
  return [...plain(choice.options), ...groups];
}

function list(choice, choose) {
  const onchange = () => choose(select.value === defaultOf(choice) ? [] : [select.value]);
  const select = element("select", { onchange }, ...optionsOf(choice));
  const node = element("label", { class: "kg-field" }, element("span", {}, choice.label), select);
  const sync = ([value = defaultOf(choice)], optionItem) => {
    // An address may ask for what is not on the list, a year without records for example.
    if (![...select.options].some((option) => option.value === value)) {
      select.append(element("option", { value }, value));
    }
    select.value = value;
    select.disabled = Boolean(optionItem?.isDisabled);
    node.title = optionItem?.help || choice.help || "";
  };
  return { node, sync };
}

function text(choice, choose) {
  const input = element("input", {
    type: "search",
    maxlength: choice.longest,
    placeholder: choice.placeholder,
    onchange: () => choose(input.value.trim() ? [input.value.trim()] : []),
  });
  const node = element("label", { class: "kg-field" }, element("span", {}, choice.label), input);
  const sync = ([value = ""]) => {
    if (document.activeElement !== input) input.value = value;
  };
  return { node, sync };
}

function toggle(choice, choose) {
  const input = element("input", {
    type: "checkbox",
    onchange: () => choose(input.checked ? ["1"] : []),
  });
  const attributes = { class: "kg-field kg-toggle", title: choice.help };
  const node = element("label", attributes, input, element("span", {}, choice.label));
  return { node, sync: (values) => (input.checked = values.length > 0) };
}

function pages(choice, choose) {
  let page = 1;
  let last = 1;
  const go = (wanted) => {
    const next = Math.min(Math.max(1, Math.round(wanted) || 1), last);
    input.value = next;
    if (next !== page) choose(next === 1 ? [] : [String(next)]);
  };
  const step = (label, by) =>
    element("button", { type: "button", class: "kg-button", onclick: () => go(page + by) }, label);
  const input = element("input", { type: "number", min: 1, onchange: () => go(Number(input.value)) });
  const total = element("span");
  const [back, on] = [step("前へ", -1), step("次へ", 1)];
  const node = element(
    "div",
    { class: "kg-field", role: "group", "aria-label": choice.label },
    element("span", {}, choice.label),
    element("div", { class: "kg-steps" }, back, element("label", {}, input, total), on),
  );
  const sync = (values, optionItem) => {
    last = optionItem.last;
    page = Math.min(Number(values[0]) || 1, last);
    input.max = last;
    if (document.activeElement !== input) input.value = page;
    total.textContent = `／${last.toLocaleString("ja-JP")}ページ`;
    back.disabled = page <= 1;
    on.disabled = page >= last;
  };
  return { node, sync };
}

const KINDS = { many, one, list, text, toggle, pages };

export function field(choice, choose) {
  return KINDS[choice.kind](choice, choose);
}
