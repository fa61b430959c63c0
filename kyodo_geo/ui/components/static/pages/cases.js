// The parts of 事例: cards of activities, one of them in full, and what is chosen for a hand-out.

import { el, keepingFocus, liveRegion, pushButton, setAttributes } from "../core/dom.js";
import { printing } from "../core/downloads.js";
import { field } from "../widgets/fields.js";
import { follow, valuesOf } from "../core/view_state.js";

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

/** Draw the button that puts a case into the hand-out; it follows the view, so a click shows at once. */
export function pick({ id, title, most }, { change }) {
  const isIn = () => valuesOf("pick").includes(id);
  const toggle = () => {
    const others = valuesOf("pick").filter((one) => one !== id);
    change({ pick: isIn() ? others : [...others, id] });
  };
  const node = pushButton("", toggle, { class: "kg-button kg-pick" });
  const sync = () => {
    const text = isIn() ? "✓ 配付資料から外す" : "＋ 配付資料に入れる";
    const isFull = !isIn() && valuesOf("pick").length >= most;
    node.textContent = text;
    node.title = isFull ? `配付資料に入れられるのは${most}件までです` : "";
    const label = `${text}：${title}`;
    setAttributes(node, { "aria-label": label, "aria-pressed": String(isIn()), disabled: isFull });
  };
  follow(sync, () => !node.isConnected);
  return node;
}

/** Draw cards of activities; where they are the list one comes back to the card that was open. */
export function cases({ label, items, isList }, { drawn }) {
  const cards = items.map((caseCard) => {
    return el("li.kg-case", { "data-row": caseCard.id }, drawn(caseCard.content));
  });
  const node = el("ul.kg-cases", { "aria-label": label }, cards);
  if (isList) {
    hasSeenCases = true;
    const last = lastOpen && node.querySelector(`[data-row="${CSS.escape(lastOpen)}"] button`);
    if (last) goTo(last, "center");
    lastOpen = null;
  }
  return el("div", isList && el("p.kg-note", label), node);
}

/** Draw the title of a case; it takes the focus when the case was opened from its card. */
export function caseHead({ id, title, line, planned }) {
  const heading = el("h2", { tabindex: "-1" }, title);
  if (hasSeenCases && lastOpen !== id) goTo(heading, "start");
  hasSeenCases = true;
  lastOpen = id;
  const notice = planned && el("p.kg-notice", el("small.kg-tag", "予定"), ` ${planned}`);
  return el("header.kg-case-head", heading, el("p", line), notice);
}

// ---- the hand-out

function moved(ids, from, by) {
  const next = [...ids];
  next.splice(from + by, 0, ...next.splice(from, 1));
  return next;
}

function chosenCase(pickedCase, n, ids, { change }) {
  const { id, title, line } = pickedCase;
  const act = (name, sign, label, picks, disabled = false) => {
    const labels = { "data-act": `${name} ${id}`, "aria-label": `${label}：${title}`, title: label };
    return pushButton(sign, () => change({ pick: picks }), { ...labels, disabled });
  };
  return el(
    "li",
    el("span.kg-chosen", title, el("small", `　${line}`)),
    el(
      "span.kg-acts",
      act("up", "↑", "前へ動かす", moved(ids, n, -1), n === 0),
      act("down", "↓", "後ろへ動かす", moved(ids, n, 1), n === ids.length - 1),
      act("out", "×", "外す", ids.filter((one) => one !== id)),
    ),
  );
}

const TITLE = { kind: "text", label: "題（なくてもかまいません）", placeholder: "例: 夏の学習会でつかう事例" };

function handoutBar(most, longest, context) {
  const name = liveRegion("strong");
  const list = el("ol.kg-picks");
  const notices = el("div");
  const title = field({ ...TITLE, longest }, (values) => context.change({ title: values }));
  const clear = pushButton("すべて外す", () => context.change({ pick: [], title: [] }));
  const advice = `事例の「配付資料に入れる」を押すと、${most}件までを一つのPDFにまとめられます。`;
  const hint = el("span.kg-note", advice);
  const make = el("div.kg-buttons", printing("PDFにする", "handout", "handout", ["pick", "title"]), clear);
  const content = el("details", el("summary", "中身・順番・題"), list, title.node);
  const top = el("div.kg-handout-line", name, hint, make);
  const node = el("section.kg-handout", { "aria-label": "配付資料" }, top, notices, content);
  const fill = (items, text, problems) => {
    const ids = items.map((pickedCase) => pickedCase.id);
    name.textContent = `配付資料（${items.length}件）`;
    hint.hidden = items.length > 0;
    make.hidden = !items.length;
    content.hidden = !items.length;
    notices.replaceChildren(...problems.map((one) => el("p.kg-notice", one)));
    const lines = items.map((pickedCase, n) => chosenCase(pickedCase, n, ids, context));
    keepingFocus(list, () => list.replaceChildren(...lines), "button:not(:disabled)");
    title.sync([text]);
  };
  return { node, fill };
}

/** Draw what is chosen for a hand-out, in its order, with its title. */
export function handout({ items, title, problems, most, longest }, context, known) {
  const bar = known || handoutBar(most, longest, context);
  bar.fill(items, title, problems);
  return bar;
}
