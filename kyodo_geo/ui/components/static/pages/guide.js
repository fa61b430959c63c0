// The parts of 協働の指針: the list of its parts, the terms with what is on record.

import { element, mark } from "../core/dom.js";
import { termOf } from "../core/glossary.js";
import { ruby } from "../widgets/prose.js";

// The list of parts stays where it is, so that it can take the focus while the rest changes.
export function contents({ items, here }, { change }, known) {
  const node = known?.node || contentsList(items, change);
  for (const button of node.querySelectorAll("button")) {
    if (button.dataset.part === here) button.setAttribute("aria-current", "page");
    else button.removeAttribute("aria-current");
  }
  return { node };
}

function contentsList(items, change) {
  const lines = items.map(([id, title]) => {
    const onclick = () => change({ part: [id], term: [] });
    const attributes = { type: "button", class: "kg-button", "data-part": id, onclick };
    return element("li", {}, element("button", attributes, title));
  });
  return element("nav", { class: "kg-contents", "aria-label": "指針の目次" }, element("ol", {}, ...lines));
}

export function steps({ items }, { change }) {
  const go = (id) => {
    const target = document.querySelector(`.kg-contents [data-part="${id}"]`);
    target?.focus({ preventScroll: true });
    target?.closest("nav").scrollIntoView({ block: "center" });
    change({ part: [id], term: [] });
  };
  const buttons = items.map(([id, label]) =>
    element("button", { type: "button", class: "kg-button", onclick: () => go(id) }, label),
  );
  return element("nav", { class: "kg-buttons", "aria-label": "前後の部分" }, ...buttons);
}

function article(entry, { edition, drawn }) {
  const known = termOf(entry.term, edition);
  const name = entry.yomi ? ruby({ base: known.label, kana: entry.yomi }) : known.label;
  const look = entry.isMarked ? "kg-entry kg-marked" : "kg-entry";
  return element(
    "article",
    { class: look, "data-entry": entry.term, "aria-current": entry.isMarked },
    element("h4", {}, known.mark ? mark(known) : null, name),
    ...drawn(entry.content),
  );
}

export function entries({ title, items, scrolls }, context) {
  const articles = items.map((entry) => article(entry, context));
  const marked = articles.find((one) => one.matches(".kg-marked"));
  if (marked) requestAnimationFrame(() => marked.scrollIntoView({ block: scrolls }));
  return element(
    "section",
    { class: "kg-entries", "aria-label": title, "aria-live": "polite" },
    element("h3", {}, title),
    element("div", {}, ...articles),
  );
}
