// The parts of 協働の指針: the list of its parts, the terms with what is on record.

import { el, mark, pushButton, setAttributes } from "../core/dom.js";
import { termOf } from "../core/glossary.js";
import { ruby } from "../widgets/prose.js";

function contentsList(items, change) {
  const lines = items.map(([id, title]) => {
    const go = () => change({ part: [id], term: [] });
    return el("li", pushButton(title, go, { "data-part": id }));
  });
  return el("nav.kg-contents", { "aria-label": "指針の目次" }, el("ol", lines));
}

/** Draw the list of parts; it stays, so that it can take the focus while the rest changes. */
export function contents({ items, here }, { change }, known) {
  const node = known?.node || contentsList(items, change);
  for (const button of node.querySelectorAll("button")) {
    setAttributes(button, { "aria-current": button.dataset.part === here && "page" });
  }
  return { node };
}

/** Draw the ways to the part before and to the one after. */
export function steps({ items }, { change }) {
  const go = (id) => {
    const target = document.querySelector(`.kg-contents [data-part="${id}"]`);
    target?.focus({ preventScroll: true });
    target?.closest("nav").scrollIntoView({ block: "center" });
    change({ part: [id], term: [] });
  };
  const buttons = items.map(([id, label]) => pushButton(label, () => go(id)));
  return el("nav.kg-buttons", { "aria-label": "前後の部分" }, buttons);
}

function article(entry, { edition, drawn }) {
  const { term, yomi, content, isMarked } = entry;
  const known = termOf(term, edition);
  const name = yomi ? ruby({ base: known.label, kana: yomi }) : known.label;
  const look = { class: isMarked && "kg-marked", "data-entry": term, "aria-current": isMarked };
  return el("article.kg-entry", look, el("h4", known.mark && mark(known), name), drawn(content));
}

/** Draw terms one below the other; the marked one is scrolled to `scrolls` in the window. */
export function entries({ title, items, scrolls }, context) {
  const articles = items.map((entry) => article(entry, context));
  const marked = articles.find((one) => one.matches(".kg-marked"));
  if (marked) requestAnimationFrame(() => marked.scrollIntoView({ block: scrolls }));
  const look = { "aria-label": title, "aria-live": "polite" };
  return el("section.kg-entries", look, el("h3", title), el("div", articles));
}
