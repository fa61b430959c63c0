// Form fields of the filter row and of the options below it. Each is made once and follows
// the view; `choose(values)` hears what a person sets.

import { element } from "../core/dom.js";

let made = 0;

function pill(type, name, [value, label, help, term], choose) {
  const input = element("input", { type, name, value, onchange: () => choose(value, input.checked) });
  return element("label", { class: "kg-pill", title: term ? null : help, "data-term": term }, input, element("span", {}, label));
}

function inputsOf(node) {
  return [...node.querySelectorAll("input")];
}

function checked(node) {
  return inputsOf(node).filter((input) => input.checked).map((input) => input.value);
}

function pillGroups(spec, type, choose) {
  const name = `${spec.key}-${(made += 1)}`;
  const groups = spec.groups || [[null, spec.options]];
  return groups.map(([heading, options]) =>
    element(
      "div",
      { class: "kg-pills" },
      heading ? element("span", { class: "kg-group" }, heading) : null,
      ...options.map((option) => pill(type, name, option, choose)),
    ),
  );
}

function fieldset(spec, ...children) {
  return element("fieldset", { class: "kg-field" }, element("legend", {}, spec.label), ...children);
}

function many(spec, choose) {
  const node = fieldset(spec, ...pillGroups(spec, "checkbox", () => choose(checked(node))));
  const sync = (values) => inputsOf(node).forEach((i) => (i.checked = values.includes(i.value)));
  return { node, sync };
}

function one(spec, choose) {
  const pick = (value) => choose(value === spec.default ? [] : [value]);
  const node = fieldset(spec, ...pillGroups(spec, "radio", pick));
  const sync = (values, extra = {}) => {
    const value = values[0] ?? spec.default;
    for (const input of inputsOf(node)) {
      input.checked = input.value === value;
      input.disabled = Boolean(extra.disabled);
    }
  };
  return { node, sync };
}

function optionsOf(spec) {
  const plain = (options) => options.map(([value, label]) => element("option", { value }, label));
  const groups = (spec.groups || []).map(([label, options]) =>
    element("optgroup", { label }, ...plain(options)),
  );
  return [...plain(spec.options || []), ...groups];
}

function list(spec, choose) {
  const select = element(
    "select",
    { onchange: () => choose(select.value === spec.default ? [] : [select.value]) },
    ...optionsOf(spec),
  );
  const node = element("label", { class: "kg-field", title: spec.help }, element("span", {}, spec.label), select);
  const sync = (values, extra = {}) => {
    const value = values[0] ?? spec.default;
    // An address may ask for what is not on the list, a year without records for example.
    if (![...select.options].some((option) => option.value === value)) {
      select.append(element("option", { value }, value));
    }
    select.value = value;
    select.disabled = Boolean(extra.disabled);
    node.title = extra.help || spec.help || "";
  };
  return { node, sync };
}

function text(spec, choose) {
  const input = element("input", {
    type: "search",
    maxlength: spec.longest,
    placeholder: spec.placeholder,
    onchange: () => choose(input.value.trim() ? [input.value.trim()] : []),
  });
  const node = element("label", { class: "kg-field" }, element("span", {}, spec.label), input);
  const sync = (values) => {
    if (document.activeElement !== input) input.value = values[0] || "";
  };
  return { node, sync };
}

function toggle(spec, choose) {
  const input = element("input", {
    type: "checkbox",
    onchange: () => choose(input.checked ? ["1"] : []),
  });
  const node = element("label", { class: "kg-field kg-toggle", title: spec.help }, input, element("span", {}, spec.label));
  return { node, sync: (values) => (input.checked = values.length > 0) };
}

function pages(spec, choose) {
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
    { class: "kg-field", role: "group", "aria-label": spec.label },
    element("span", {}, spec.label),
    element("div", { class: "kg-steps" }, back, element("label", {}, input, total), on),
  );
  const sync = (values, extra = {}) => {
    last = extra.last || 1;
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

export function field(spec, choose) {
  return KINDS[spec.kind](spec, choose);
}
