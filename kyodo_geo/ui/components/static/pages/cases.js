// The parts of 事例: cards of activities, one of them in full, and what is chosen for a hand-out.

import { element, mark } from "../core/dom.js";
import { printing } from "../widgets/export_buttons.js";
import { called, termName } from "../core/glossary.js";
import { current, follow } from "../core/view_state.js";

const IN_ROWS = { isStop: false };

// The case that was open last: its card is where the reader goes on, and a case that is opened
// from a card begins at its title.
let lastOpen = null;
let hasSeenCases = false;

function goTo(node, block) {
  requestAnimationFrame(() => {
    node.focus({ preventScroll: true });
    node.scrollIntoView({ block });
  });
}

function tag(text) {
  return text ? element("small", { class: "kg-tag" }, text) : null;
}

// In or out of the hand-out. It follows the view by itself, so that a click shows at once.
function pickButton({ id, title, most }, { change }) {
  const chosen = () => current().pick || [];
  const isIn = () => chosen().includes(id);
  const onclick = () => change({ pick: isIn() ? chosen().filter((one) => one !== id) : [...chosen(), id] });
  const node = element("button", { type: "button", class: "kg-button kg-pick", onclick });
  const sync = () => {
    const text = isIn() ? "✓ 配付資料から外す" : "＋ 配付資料に入れる";
    const isFull = !isIn() && chosen().length >= most;
    node.textContent = text;
    node.setAttribute("aria-label", `${text}：${title}`);
    node.setAttribute("aria-pressed", String(isIn()));
    node.disabled = isFull;
    node.title = isFull ? `配付資料に入れられるのは${most}件までです` : "";
  };
  follow(sync, () => !node.isConnected);
  return node;
}

function formsOf(forms, edition) {
  if (!forms.length) return [called("形態不明", edition, IN_ROWS)];
  return forms.map(([n, isImplied]) => {
    const term = edition.terms.form[n];
    return element("span", {}, mark(term, { isImplied: Boolean(isImplied) }), termName(term, term.label, IN_ROWS), tag(isImplied ? "推定" : "明記"));
  });
}

function actorsOf(actors, edition) {
  return actors.map((n) => {
    const term = edition.terms.actor[n];
    return element("span", {}, mark(term), termName(term, term.label, IN_ROWS));
  });
}

function card(item, most, level, context) {
  const { edition } = context;
  const title = element("button", { type: "button", class: "kg-link", onclick: () => context.change({ activity: [item.id] }) }, item.title);
  return element(
    "li",
    { class: "kg-case", "data-row": item.id },
    element("p", { class: "kg-case-line" }, `${item.line}　`, called(item.field, edition, IN_ROWS), tag(item.planned)),
    element(level, {}, title),
    element("p", { class: "kg-case-summary" }, item.summary),
    element("p", { class: "kg-case-terms" }, ...formsOf(item.forms, edition)),
    element("p", { class: "kg-case-terms" }, ...actorsOf(item.actors, edition)),
    item.participants ? element("p", { class: "kg-case-line" }, `参加者 ${item.participants}`) : null,
    item.reasons.length ? element("ul", { class: "kg-case-reasons" }, ...item.reasons.map((reason) => element("li", {}, reason))) : null,
    pickButton({ id: item.id, title: item.title, most }, context),
  );
}

function cases({ label, items, most, is_list: isList }, context) {
  const node = element("ul", { class: "kg-cases", "aria-label": label }, ...items.map((item) => card(item, most, isList ? "h2" : "h3", context)));
  if (isList) {
    hasSeenCases = true;
    const last = lastOpen && node.querySelector(`[data-row="${CSS.escape(lastOpen)}"] button`);
    if (last) goTo(last, "center");
    lastOpen = null;
  }
  return element("div", {}, isList ? element("p", { class: "kg-note" }, label) : null, node);
}

function caseHead({ id, title, line, planned }) {
  const heading = element("h2", { tabindex: "-1" }, title);
  if (hasSeenCases && lastOpen !== id) goTo(heading, "start");
  hasSeenCases = true;
  lastOpen = id;
  return element(
    "header",
    { class: "kg-case-head" },
    heading,
    element("p", {}, line),
    planned ? element("p", { class: "kg-notice" }, tag("予定"), ` ${planned}`) : null,
  );
}

// Terms with what they mean, and why they stand here.
function explained({ items }, { edition }) {
  const rows = items.flatMap(({ term: key, is_implied: isImplied, tag: word, text }) => {
    const [of, n] = key.split(":");
    const term = edition.terms[of][n];
    return [element("dt", {}, mark(term, { isImplied }), termName(term), tag(word)), element("dd", {}, text)];
  });
  return element("dl", { class: "kg-explained" }, ...rows);
}

// ---- the hand-out

function moved(ids, from, by) {
  const next = [...ids];
  next.splice(from + by, 0, ...next.splice(from, 1));
  return next;
}

function chosenCase(item, n, ids, context) {
  const act = (name, label, pick, isOff) =>
    element(
      "button",
      { type: "button", class: "kg-button", "data-act": `${name} ${item.id}`, "aria-label": `${label}：${item.title}`, title: label, disabled: isOff, onclick: () => context.change({ pick }) },
      { up: "↑", down: "↓", out: "×" }[name],
    );
  return element(
    "li",
    {},
    element("span", { class: "kg-chosen" }, item.title, element("small", {}, `　${item.line}`)),
    element(
      "span",
      { class: "kg-acts" },
      act("up", "前へ動かす", moved(ids, n, -1), n === 0),
      act("down", "後ろへ動かす", moved(ids, n, 1), n === ids.length - 1),
      act("out", "外す", ids.filter((id) => id !== item.id), false),
    ),
  );
}

function titleField(longest, context) {
  const input = element("input", {
    type: "search",
    maxlength: longest,
    placeholder: "例: 夏の学習会でつかう事例",
    onchange: () => context.change({ title: input.value.trim() ? [input.value.trim()] : [] }),
  });
  const node = element("label", { class: "kg-field" }, element("span", {}, "題（なくてもかまいません）"), input);
  const sync = (text) => {
    if (document.activeElement !== input) input.value = text;
  };
  return { node, sync };
}

// A button that was pressed keeps the focus when the list around it is drawn anew.
function keepingButton(list, work) {
  const act = list.contains(document.activeElement) && document.activeElement.dataset.act;
  work();
  if (!act) return;
  const again = list.querySelector(`[data-act="${CSS.escape(act)}"]:not(:disabled)`) || list.querySelector("button:not(:disabled)");
  again?.focus({ preventScroll: true });
}

function handout(part, context) {
  const name = element("strong", { role: "status", "aria-live": "polite" });
  const list = element("ol", { class: "kg-picks" });
  const problems = element("div");
  const title = titleField(part.longest, context);
  const clear = element("button", { type: "button", class: "kg-button", onclick: () => context.change({ pick: [], title: [] }) }, "すべて外す");
  const hint = element("span", { class: "kg-note" }, `事例の「配付資料に入れる」を押すと、${part.most}件までを一つのPDFにまとめられます。`);
  const make = element("div", { class: "kg-buttons" }, printing("PDFにする", "handout", "handout", ["pick", "title"]), clear);
  const content = element("details", {}, element("summary", {}, "中身・順番・題"), list, title.node);
  const node = element("section", { class: "kg-handout", "aria-label": "配付資料" }, element("div", { class: "kg-handout-line" }, name, hint, make), problems, content);
  const update = ({ items, problems: said, title: text }) => {
    const ids = items.map(({ id }) => id);
    name.textContent = `配付資料（${items.length}件）`;
    hint.hidden = items.length > 0;
    make.hidden = !items.length;
    content.hidden = !items.length;
    problems.replaceChildren(...said.map((one) => element("p", { class: "kg-notice" }, one)));
    keepingButton(list, () => list.replaceChildren(...items.map((item, n) => chosenCase(item, n, ids, context))));
    title.sync(text);
  };
  update(part);
  return { node, update };
}

export const CASES = { cases, caseHead, explained, handout, pick: pickButton };
