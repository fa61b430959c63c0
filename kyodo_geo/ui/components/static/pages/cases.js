// The parts of 事例: cards of activities, one of them in full, and what is chosen for a hand-out.

import { element } from "../core/dom.js";
import { printing } from "../widgets/export_buttons.js";
import { current, follow } from "../core/view_state.js";

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

// In or out of the hand-out. It follows the view by itself, so that a click shows at once.
export function pick({ id, title, most }, { change }) {
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

export function cases({ label, items, isList }, { drawn }) {
  const cards = items.map((caseCard) =>
    element("li", { class: "kg-case", "data-row": caseCard.id }, ...drawn(caseCard.content)),
  );
  const node = element("ul", { class: "kg-cases", "aria-label": label }, ...cards);
  if (isList) {
    hasSeenCases = true;
    const last = lastOpen && node.querySelector(`[data-row="${CSS.escape(lastOpen)}"] button`);
    if (last) goTo(last, "center");
    lastOpen = null;
  }
  return element("div", {}, isList ? element("p", { class: "kg-note" }, label) : null, node);
}

export function caseHead({ id, title, line, planned }) {
  const heading = element("h2", { tabindex: "-1" }, title);
  if (hasSeenCases && lastOpen !== id) goTo(heading, "start");
  hasSeenCases = true;
  lastOpen = id;
  const tag = element("small", { class: "kg-tag" }, "予定");
  return element(
    "header",
    { class: "kg-case-head" },
    heading,
    element("p", {}, line),
    planned ? element("p", { class: "kg-notice" }, tag, ` ${planned}`) : null,
  );
}

// ---- the hand-out

function moved(ids, from, by) {
  const next = [...ids];
  next.splice(from + by, 0, ...next.splice(from, 1));
  return next;
}

const SIGNS = { up: "↑", down: "↓", out: "×" };

function chosenCase(pickedCase, n, ids, { change }) {
  const [id, title] = [pickedCase.id, pickedCase.title];
  const act = (name, label, picks, disabled = false) => {
    const labels = { "data-act": `${name} ${id}`, "aria-label": `${label}：${title}`, title: label };
    const attributes = { type: "button", class: "kg-button", ...labels, disabled };
    return element("button", { ...attributes, onclick: () => change({ pick: picks }) }, SIGNS[name]);
  };
  return element(
    "li",
    {},
    element("span", { class: "kg-chosen" }, title, element("small", {}, `　${pickedCase.line}`)),
    element(
      "span",
      { class: "kg-acts" },
      act("up", "前へ動かす", moved(ids, n, -1), n === 0),
      act("down", "後ろへ動かす", moved(ids, n, 1), n === ids.length - 1),
      act("out", "外す", ids.filter((one) => one !== id)),
    ),
  );
}

// A button that was pressed keeps the focus when the list around it is drawn anew.
function keepingButton(list, work) {
  const act = list.contains(document.activeElement) && document.activeElement.dataset.act;
  work();
  if (!act) return;
  const same = list.querySelector(`[data-act="${CSS.escape(act)}"]:not(:disabled)`);
  (same || list.querySelector("button:not(:disabled)"))?.focus({ preventScroll: true });
}

function handoutBar(most, longest, context) {
  const name = element("strong", { role: "status", "aria-live": "polite" });
  const list = element("ol", { class: "kg-picks" });
  const notices = element("div");
  const title = element("input", {
    type: "search",
    maxlength: longest,
    placeholder: "例: 夏の学習会でつかう事例",
    onchange: () => context.change({ title: title.value.trim() ? [title.value.trim()] : [] }),
  });
  const field = element("label", { class: "kg-field" }, element("span", {}, "題（なくてもかまいません）"), title);
  const onclick = () => context.change({ pick: [], title: [] });
  const clear = element("button", { type: "button", class: "kg-button", onclick }, "すべて外す");
  const advice = `事例の「配付資料に入れる」を押すと、${most}件までを一つのPDFにまとめられます。`;
  const hint = element("span", { class: "kg-note" }, advice);
  const print = printing("PDFにする", "handout", "handout", ["pick", "title"]);
  const make = element("div", { class: "kg-buttons" }, print, clear);
  const content = element("details", {}, element("summary", {}, "中身・順番・題"), list, field);
  const top = element("div", { class: "kg-handout-line" }, name, hint, make);
  const node = element("section", { class: "kg-handout", "aria-label": "配付資料" }, top, notices, content);
  const fill = (items, text, problems) => {
    const ids = items.map((pickedCase) => pickedCase.id);
    name.textContent = `配付資料（${items.length}件）`;
    hint.hidden = items.length > 0;
    make.hidden = !items.length;
    content.hidden = !items.length;
    notices.replaceChildren(...problems.map((one) => element("p", { class: "kg-notice" }, one)));
    const lines = items.map((pickedCase, n) => chosenCase(pickedCase, n, ids, context));
    keepingButton(list, () => list.replaceChildren(...lines));
    if (document.activeElement !== title) title.value = text;
  };
  return { node, fill };
}

export function handout({ items, title, problems, most, longest }, context, known) {
  const bar = known || handoutBar(most, longest, context);
  bar.fill(items, title, problems);
  return bar;
}
