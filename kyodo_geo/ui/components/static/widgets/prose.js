// Texts and what holds them: lines, lists, boxes, terms, links; the figures beside a picture.

import { el, liveRegion, mark, pushButton, sourceLink } from "../core/dom.js";
import { called, termName, termOf } from "../core/glossary.js";

/** Draw a heading, a paragraph or words inside one. */
export function text({ content, tag, style, role }, { drawn }) {
  return el(tag, { class: style, role }, drawn(content));
}

/** Draw a line that stays where it is and changes its words: only then is it read aloud. */
export function sentence({ text: words }, context, known) {
  const node = known?.node || liveRegion("p.kg-sentence");
  node.textContent = words;
  return { node };
}

/** Draw a list; `here` is the position of the current item. */
export function list({ items, style, isOrdered, label, here }, { drawn }) {
  const lines = items.map((item, n) => el("li", { "aria-current": n === here && "true" }, drawn(item)));
  return el(isOrdered ? "ol" : "ul", { class: style, "aria-label": label }, lines);
}

/** Draw pairs of name and description; a text that is the name of a term becomes that term. */
export function definitions({ pairs, style }, { edition, drawn }) {
  const worded = (content) => (typeof content === "string" ? called(content, edition) : drawn(content));
  const items = pairs.map(([name, content]) => [el("dt", worded(name)), el("dd", worded(content))]);
  return el("dl", { class: style }, items);
}

/** Draw parts that belong together. */
export function box({ content, style, label, tag, role }, { drawn }) {
  return el(tag, { class: style, role, "aria-label": label }, drawn(content));
}

/** Draw parts that are folded away until they are asked for. */
export function folded({ summary, content }, { drawn }) {
  return el("details.kg-folded", el("summary", summary), drawn(content));
}

/** Draw words with their reading. */
export function ruby({ base, kana }) {
  return el("ruby", base, el("rp", "（"), el("rt", kana), el("rp", "）"));
}

/** Draw the name of a term; in the guide it leads to its place without leaving the page. */
export function term({ key, words, yomi, isMarked, isImplied, inRows }, { edition, change }) {
  const known = termOf(key, edition);
  const isGuide = location.pathname.endsWith("/guide");
  const goTo = isGuide && (({ part, id }) => change({ part: [part], term: [id] }));
  const base = words || known.label;
  const written = yomi ? ruby({ base, kana: yomi }) : base;
  const name = termName(known, written, { isStop: !inRows, goTo });
  return [isMarked && mark(known, { isImplied }), name];
}

/** Draw a link to another page of the dashboard with a view of its own. */
export function link({ label, page, view }) {
  const texts = Object.entries(view).flatMap(([key, values]) => values.map((value) => [key, value]));
  const address = texts.length ? `${page}?${new URLSearchParams(texts)}` : page;
  return el("a", { href: String(new URL(address, document.baseURI)), target: "_self" }, label);
}

/** Draw a link out of the dashboard: a mail address or a source. */
export function externalLink({ address, label }) {
  if (address.startsWith("mailto:")) return el("a", { href: address }, label);
  return sourceLink(address, label);
}

/** Draw a button that changes the view. */
export function button({ label, change, style }, context) {
  return pushButton(label, () => context.change(change), { class: style });
}

/** Draw the title of a page, the question it answers and the edition it shows. */
export function head({ title, question, record, fictional }) {
  const heading = el("h1", title, el("small", question));
  const line = el("div.kg-head", heading, el("span.kg-edition", record));
  if (!fictional) return line;
  return el("div", el("p.kg-fictional", { role: "note" }, fictional), line);
}
