// Texts and what holds them: lines, lists, boxes, terms, links; the figures beside a picture.

import { element, formatted, mark, sourceLink } from "../core/dom.js";
import { called, termName, termOf } from "../core/glossary.js";

export function text({ content, tag, style, role }, { drawn }) {
  return element(tag, { class: style, role }, ...drawn(content));
}

// Stays where it is and changes its words: only then is the change read aloud.
export function sentence({ text: words }, context, known) {
  const attributes = { class: "kg-sentence", role: "status", "aria-live": "polite" };
  const node = known?.node || element("p", attributes);
  node.textContent = words;
  return { node };
}

export function list({ items, style, isOrdered, label, here }, { drawn }) {
  const lines = items.map((item, n) => element("li", { "aria-current": n === here && "true" }, ...drawn(item)));
  return element(isOrdered ? "ol" : "ul", { class: style, "aria-label": label }, ...lines);
}

export function definitions({ pairs, style }, { edition, drawn }) {
  const worded = (content) => (typeof content === "string" ? [called(content, edition)] : drawn(content));
  const items = pairs.flatMap(([name, content]) => [
    element("dt", {}, ...worded(name)),
    element("dd", {}, ...worded(content)),
  ]);
  return element("dl", { class: style }, ...items);
}

export function box({ content, style, label, tag, role }, { drawn }) {
  return element(tag, { class: style, role, "aria-label": label }, ...drawn(content));
}

export function folded({ summary, content }, { drawn }) {
  return element("details", { class: "kg-folded" }, element("summary", {}, summary), ...drawn(content));
}

export function ruby({ base, kana }) {
  return element("ruby", {}, base, element("rp", {}, "（"), element("rt", {}, kana), element("rp", {}, "）"));
}

// In the guide a term leads to its place without leaving the page.
export function term({ key, words, yomi, isMarked, isImplied, inRows }, { edition, change }) {
  const known = termOf(key, edition);
  const goTo = ({ part, id }) => change({ part: [part], term: [id] });
  const isGuide = window.location.pathname.endsWith("/guide");
  const written = words || known.label;
  const name = termName(known, yomi ? ruby({ base: written, kana: yomi }) : written, {
    isStop: !inRows,
    goTo: isGuide ? goTo : null,
  });
  return isMarked ? [mark(known, { isImplied }), name] : [name];
}

export function link({ label, page, view }) {
  const texts = Object.entries(view).flatMap(([key, values]) => values.map((value) => [key, value]));
  const address = texts.length ? `${page}?${new URLSearchParams(texts)}` : page;
  return element("a", { href: String(new URL(address, document.baseURI)), target: "_self" }, label);
}

export function externalLink({ address, label }) {
  if (address.startsWith("mailto:")) return element("a", { href: address }, label);
  return sourceLink(address, label);
}

export function button({ label, change, style }, context) {
  return element("button", { type: "button", class: style, onclick: () => context.change(change) }, label);
}

export function head({ title, question, record, fictional }) {
  const line = element(
    "div",
    { class: "kg-head" },
    element("h1", {}, title, element("small", {}, question)),
    element("span", { class: "kg-edition" }, record),
  );
  if (!fictional) return line;
  return element("div", {}, element("p", { class: "kg-fictional", role: "note" }, fictional), line);
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

export function strip({ values, here, label }) {
  const known = values.filter((value) => value !== null);
  if (!known.length) return null;
  const ends = [Math.min(...known), Math.max(...known)].map((value) => element("span", {}, short(value)));
  return element("div", {}, ticks(values, here, label), element("div", { class: "kg-ends", "aria-hidden": "true" }, ...ends));
}

// One bar a term: [count, of which implied].
export function bars({ of, values }, { edition }) {
  const highest = Math.max(1, ...values.map(([count]) => count));
  const rows = values.flatMap(([count, implied], n) => {
    const shown = edition.terms[of][n];
    const width = `width:${((count / highest) * 100).toFixed(1)}%;background:${shown.colour}`;
    return [
      element("dt", {}, mark(shown), termName(shown)),
      element("dd", { class: "kg-bar-cell" }, count ? element("i", { style: width }) : null),
      element("dd", {}, `${formatted(count)}件${implied ? `（うち推定${formatted(implied)}）` : ""}`),
    ];
  });
  return element("dl", { class: "kg-figures" }, ...rows);
}
