// The card beside a picture and other running text: headings, figures, bars, lists, notes.

import { element, formatted, mark, sourceLink } from "../core/dom.js";
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

function short(value) {
  return value.toLocaleString("ja-JP", { maximumSignificantDigits: 4 });
}

// All districts as ticks on one line; the chosen one (`here`) is drawn last, on top.
export function ticks(values, here, label, style = "") {
  const known = values.filter((value) => value !== null);
  const [low, high] = [Math.min(...known), Math.max(...known)];
  const own = here === null || values[here] === null ? "" : `、この地区は${short(values[here])}`;
  const told = `${label}。${known.length}地区は${short(low)}から${short(high)}まで${own}。`;
  const line = element("div", { class: `kg-strip ${style}`, role: "img", "aria-label": told });
  const tick = (value, isHere) => {
    const left = ((value - low) / (high - low || 1)) * 98 + 1;
    return element("i", { class: isHere ? "kg-here" : null, style: `left:${left.toFixed(1)}%` });
  };
  line.append(...known.map((value) => tick(value, false)));
  if (here !== null && values[here] !== null) line.append(tick(values[here], true));
  return line;
}

function strip({ values, here, label }) {
  const known = values.filter((value) => value !== null);
  if (!known.length) return null;
  const ends = [Math.min(...known), Math.max(...known)].map((value) => element("span", {}, short(value)));
  return element("div", {}, ticks(values, here, label), element("div", { class: "kg-ends", "aria-hidden": "true" }, ...ends));
}

// One bar a term: [count, of which implied].
function bars({ of, values }, { edition }) {
  const highest = Math.max(1, ...values.map(([count]) => count));
  const rows = values.flatMap(([count, implied], n) => {
    const term = edition.terms[of][n];
    const width = `width:${((count / highest) * 100).toFixed(1)}%;background:${term.colour}`;
    const text = `${formatted(count)}件${implied ? `（うち推定${formatted(implied)}）` : ""}`;
    return [
      element("dt", {}, mark(term), termName(term)),
      element("dd", { class: "kg-bar-cell" }, count ? element("i", { style: width }) : null),
      element("dd", {}, text),
    ];
  });
  return element("dl", { class: "kg-figures" }, ...rows);
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

function head({ title, question, record, fictional }) {
  const line = element(
    "div",
    { class: "kg-head" },
    element("h1", {}, title, element("small", {}, question)),
    element("span", { class: "kg-edition" }, record),
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
  title, heading, paragraph, big, strip, bars, latest, definitions,
  section, folded, card, head, sentence, foot, notice, buttons,
};
