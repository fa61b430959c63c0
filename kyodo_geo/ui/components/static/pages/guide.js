// The parts of 協働の指針: the list of its parts, the picture of the bands, the terms with what
// is on record.

import { element, mark } from "../core/dom.js";
import { svgElement } from "../core/geometry.js";
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
    const entry = document.querySelector(`.kg-contents [data-part="${id}"]`);
    entry?.focus({ preventScroll: true });
    entry?.closest("nav").scrollIntoView({ block: "center" });
    change({ part: [id], term: [] });
  };
  const buttons = items.map(([id, label]) =>
    element("button", { type: "button", class: "kg-button", onclick: () => go(id) }, label),
  );
  return element("nav", { class: "kg-buttons", "aria-label": "前後の部分" }, ...buttons);
}

function share(citizens) {
  const [left, right] = citizens.map((percent) => 100 - percent);
  const box = { viewBox: "0 0 100 100", preserveAspectRatio: "none", "aria-hidden": "true" };
  return svgElement(
    "svg",
    box,
    svgElement("rect", { width: 100, height: 100, class: "kg-citizens" }),
    svgElement("polygon", { points: `0,0 100,0 100,${right} 0,${left}`, class: "kg-city" }),
  );
}

function side(colour, text) {
  return element("span", {}, element("i", { style: `background:${colour}` }), text);
}

// `percents`: how much of a band is the citizens' side at its left and right edge.
function bandButton(term, percents, change) {
  const isShort = /^[A-C]$/.test(term.mark);
  return element(
    "button",
    {
      type: "button",
      class: "kg-band",
      "data-band": term.id,
      "aria-label": `${term.label}。${term.definition}`,
      onclick: ({ currentTarget }) => {
        const isChosen = currentTarget.getAttribute("aria-pressed") === "true";
        change({ term: isChosen ? [] : [term.id] });
      },
    },
    share(percents),
    element("span", {}, isShort ? term.mark : term.label),
  );
}

function bandsFigure(citizens, { edition, change }) {
  const terms = edition.terms.scope.filter(({ id }) => id in citizens);
  const buttons = terms.map((term) => bandButton(term, citizens[term.id], change));
  const name = "協働の範囲。左ほど市民、右ほど市のかかわりが強い";
  const sides = ["← 市民が強い", "A・B・Cが協働の範囲", "市が強い →"];
  return element(
    "figure",
    { class: "kg-bands" },
    element(
      "figcaption",
      {},
      side("var(--kg-city)", "市のかかわり（濃い色）"),
      side("var(--kg-citizens)", "市民のかかわり（淡い色）"),
    ),
    element("div", { role: "group", "aria-label": name }, ...buttons),
    element("p", { "aria-hidden": "true" }, ...sides.map((text) => element("span", {}, text))),
  );
}

export function bands({ here, citizens }, context, known) {
  const node = known?.node || bandsFigure(citizens, context);
  for (const button of node.querySelectorAll("button")) {
    button.setAttribute("aria-pressed", String(button.dataset.band === here));
  }
  return { node };
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
