// Texts and what holds them: lines, lists, boxes, terms, links; the figures beside a picture.

import { element, mark, sourceLink } from "../core/dom.js";
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
  const lines = items.map((item, n) => {
    return element("li", { "aria-current": n === here && "true" }, ...drawn(item));
  });
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
