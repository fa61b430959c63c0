// The card beside a picture and other running text: headings, lists, notes.

import { element, mark, sourceLink } from "../core/dom.js";
import { called, termName } from "../core/glossary.js";

function title({ text, small }) {
  return element("h2", { class: "kg-title" }, text, element("small", {}, small));
}

function heading({ text, level }) {
  return element(`h${level}`, { class: "kg-heading" }, text);
}

function paragraph({ text, style }) {
  return element("p", { class: style }, text);
}

function big({ text, note }) {
  return element("p", { class: "kg-big" }, text, element("small", {}, note));
}

function formMarks(forms, edition, options) {
  if (!forms.length) return [called("形態不明", edition, options), "　"];
  return forms.flatMap(([n, isImplied]) => {
    const term = edition.terms.form[n];
    const text = `${term.label}${isImplied ? "（推定）" : ""}`;
    return [mark(term, { isImplied }), termName(term, text, options), "　"];
  });
}

function latest({ activities }, { edition }) {
  if (!activities.length) return element("p", {}, "記録はありません。");
  const items = activities.map(([title, year, forms, source]) =>
    element(
      "li",
      {},
      title,
      element("small", {}, `${edition.years[year] || "年度不明"}　`, ...formMarks(forms, edition, { isStop: false }), sourceLink(source, "出典")),
    ),
  );
  return element("ul", { class: "kg-latest" }, ...items);
}

// Pairs of a name and what is said of it; a value may be text, an address or marked terms.
function described(value, edition) {
  if (typeof value === "string") return [called(value, edition)];
  if (value.link) return [sourceLink(value.link)];
  if (value.mail) return [element("a", { href: `mailto:${value.mail}` }, value.mail)];
  if (value.forms) return formMarks(value.forms, edition);
  const terms = value.terms.map((n) => edition.terms[value.of][n]);
  return [...terms.flatMap((term) => [mark(term), termName(term), "　"]), value.note || ""];
}

function definitions({ pairs, style = "kg-note" }, { edition }) {
  const items = pairs.flatMap(([name, value]) => [
    element("dt", {}, called(name, edition)),
    element("dd", {}, ...described(value, edition)),
  ]);
  return element("dl", { class: style }, ...items);
}

// A heading in the page itself, the same with what is folded away until it is asked for.
function section({ text }) {
  return element("h2", { class: "kg-section" }, text);
}

function folded({ summary, parts }, context) {
  return element(
    "details",
    { class: "kg-folded" },
    element("summary", {}, summary),
    ...parts.map(context.drawn),
  );
}

function card({ label, parts }, context) {
  return element("section", { class: "kg-card", "aria-label": label }, ...parts.map(context.drawn));
}

function head({ title, question, edition, fictional }) {
  const line = element(
    "div",
    { class: "kg-head" },
    element("h1", {}, title, element("small", {}, question)),
    element("span", { class: "kg-edition" }, `花巻市の協働　${edition}`),
  );
  if (!fictional) return line;
  return element("div", {}, element("p", { class: "kg-fictional", role: "note" }, fictional), line);
}

// Stays where it is and changes its words: only then is the change read aloud.
function sentence({ text }) {
  const node = element("p", { class: "kg-sentence", role: "status", "aria-live": "polite" }, text);
  return { node, update: (changed) => (node.textContent = changed.text) };
}

function foot({ text, link }) {
  const address = String(new URL(link.page, document.baseURI));
  return element("footer", { class: "kg-foot" }, `${text}　`, element("a", { href: address, target: "_self" }, link.label));
}

function notice({ text }) {
  return element("p", { class: "kg-notice", role: "status" }, text);
}

// Buttons that change the view: {label, change}.
function buttons({ items }, context) {
  const made = items.map(({ label, change }) =>
    element("button", { type: "button", class: "kg-button", onclick: () => context.change(change) }, label),
  );
  return element("div", { class: "kg-buttons" }, ...made);
}

export const TEXTS = {
  title, heading, paragraph, big, latest, definitions,
  section, folded, card, head, sentence, foot, notice, buttons,
};
