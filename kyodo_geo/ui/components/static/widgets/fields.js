// Form fields of the filter row and of the options below it. Each is made once and follows
// the view; `choose(values)` hears what a person sets.

import { el, formatted, pushButton } from "../core/dom.js";

let made = 0;

function labelled(label, input) {
  return el("label.kg-field", el("span", label), input);
}

function pill(attributes, [value, label, help, term]) {
  const about = { title: term ? null : help, "data-term": term };
  return el("label.kg-pill", about, el("input", { ...attributes, value }), el("span", label));
}

// A group of buttons, one or many of which may be set; of one, the default is no value.
function pills(choice, choose) {
  const isMany = choice.kind === "many";
  const name = `${choice.key}-${(made += 1)}`;
  const onchange = () => {
    const checked = inputs.filter((input) => input.checked).map((input) => input.value);
    choose(isMany ? checked : checked.filter((value) => value !== (choice.default || "")));
  };
  const attributes = { type: isMany ? "checkbox" : "radio", name, onchange };
  const rows = (choice.groups || [[null, choice.options]]).map(([heading, options]) => {
    const buttons = options.map((option) => pill(attributes, option));
    return el("div.kg-pills", heading && el("span.kg-group", heading), buttons);
  });
  const node = el("fieldset.kg-field", el("legend", choice.label), rows);
  const inputs = [...node.querySelectorAll("input")];
  const sync = (values, optionItem) => {
    const shown = isMany ? values : [values[0] ?? choice.default ?? ""];
    for (const input of inputs) {
      input.checked = shown.includes(input.value);
      input.disabled = Boolean(optionItem?.isDisabled);
    }
  };
  return { node, sync };
}

function list(choice, choose) {
  const { default: usual = "", groups = [] } = choice;
  const plain = (options) => options.map(([value, label]) => el("option", { value }, label));
  const grouped = groups.map(([label, options]) => el("optgroup", { label }, plain(options)));
  const onchange = () => choose(select.value === usual ? [] : [select.value]);
  const select = el("select", { onchange }, plain(choice.options), grouped);
  const node = labelled(choice.label, select);
  const sync = ([value = usual], optionItem) => {
    // An address may ask for what is not on the list, a year without records for example.
    if (![...select.options].some((option) => option.value === value)) {
      select.append(el("option", { value }, value));
    }
    select.value = value;
    select.disabled = Boolean(optionItem?.isDisabled);
    node.title = optionItem?.help || choice.help || "";
  };
  return { node, sync };
}

function text(choice, choose) {
  const onchange = () => choose([input.value.trim()].filter(Boolean));
  const look = { type: "search", maxlength: choice.longest, placeholder: choice.placeholder };
  const input = el("input", look, { onchange });
  const sync = ([value = ""]) => {
    if (document.activeElement !== input) input.value = value;
  };
  return { node: labelled(choice.label, input), sync };
}

function toggle(choice, choose) {
  const onchange = () => choose(input.checked ? ["1"] : []);
  const input = el("input", { type: "checkbox", onchange });
  const node = el("label.kg-field.kg-toggle", { title: choice.help }, input, el("span", choice.label));
  return { node, sync: (values) => (input.checked = values.length > 0) };
}

function pages(choice, choose) {
  let [page, last] = [1, 1];
  const go = (wanted) => {
    const next = Math.min(Math.max(1, Math.round(wanted) || 1), last);
    input.value = next;
    if (next !== page) choose(next === 1 ? [] : [String(next)]);
  };
  const input = el("input", { type: "number", min: 1, onchange: () => go(Number(input.value)) });
  const total = el("span");
  const [back, on] = [pushButton("前へ", () => go(page - 1)), pushButton("次へ", () => go(page + 1))];
  const node = el(
    "div.kg-field",
    { role: "group", "aria-label": choice.label },
    el("span", choice.label),
    el("div.kg-steps", back, el("label", input, total), on),
  );
  const sync = (values, optionItem) => {
    last = optionItem.last;
    page = Math.min(Number(values[0]) || 1, last);
    input.max = last;
    if (document.activeElement !== input) input.value = page;
    total.textContent = `／${formatted(last)}ページ`;
    back.disabled = page <= 1;
    on.disabled = page >= last;
  };
  return { node, sync };
}

const KINDS = { many: pills, one: pills, list, text, toggle, pages };

/** Create the field of a choice: its `node`, and `sync(values, optionItem)` to show a view. */
export function field(choice, choose) {
  return KINDS[choice.kind](choice, choose);
}
