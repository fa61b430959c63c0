// The parts of 協働の指針: its texts with their terms, the terms with what is on record, the
// outcome of 形態えらび.

import { element, mark, sourceLink } from "../core/dom.js";
import { pageLink } from "./district.js";
import { termName, termOf } from "../core/glossary.js";

function ruby(base, kana) {
  return element("ruby", {}, base, element("rp", {}, "（"), element("rt", {}, kana), element("rp", {}, "）"));
}

// A text is a list of words, of terms {term, words, yomi} and of readings {base, kana}.
function written(runs, context) {
  const goTo = ({ part, id }) => context.change({ part: [part], term: [id] });
  return runs.map((run) => {
    if (typeof run === "string") return run;
    if (!run.term) return ruby(run.base, run.kana);
    const term = termOf(run.term, context.edition);
    const words = run.words || term.label;
    return termName(term, run.yomi ? ruby(words, run.yomi) : words, { goTo });
  });
}

const BLOCKS = {
  heading: (items, write) => element("h3", {}, ...write(items[0])),
  paragraph: (items, write) => element("p", {}, ...write(items[0])),
  list: (items, write) => element("ul", {}, ...items.map((item) => element("li", {}, ...write(item)))),
};

function prose({ title, chapter, blocks }, context) {
  const write = (runs) => written(runs, context);
  return element(
    "section",
    { class: "kg-prose", "aria-label": title },
    element("h2", {}, title, element("small", {}, chapter)),
    ...blocks.map(({ kind, items }) => BLOCKS[kind](items, write)),
  );
}

// The list of parts stays where it is, so that it can take the focus while the rest changes.
function contents({ items, here }, context) {
  const open = (id) => context.change({ part: [id], term: [] });
  const buttons = items.map(({ id, title }) =>
    element("button", { type: "button", class: "kg-button", "data-part": id, onclick: () => open(id) }, title),
  );
  const update = ({ here: now }) => {
    for (const button of buttons) {
      if (button.dataset.part === now) button.setAttribute("aria-current", "page");
      else button.removeAttribute("aria-current");
    }
  };
  update({ here });
  const list = element("ol", {}, ...buttons.map((button) => element("li", {}, button)));
  return { node: element("nav", { class: "kg-contents", "aria-label": "指針の目次" }, list), update };
}

function steps({ items }, context) {
  const go = (id) => {
    const entry = document.querySelector(`.kg-contents [data-part="${id}"]`);
    entry?.focus({ preventScroll: true });
    entry?.closest("nav").scrollIntoView({ block: "center" });
    context.change({ part: [id], term: [] });
  };
  const buttons = items.map(({ id, label }) =>
    element("button", { type: "button", class: "kg-button", onclick: () => go(id) }, label),
  );
  return element("nav", { class: "kg-buttons", "aria-label": "前後の部分" }, ...buttons);
}

function entry(item, context, isMarked) {
  const term = termOf(item.term, context.edition);
  const name = item.yomi ? ruby(term.label, item.yomi) : term.label;
  const facts = item.facts.flatMap(([label, runs]) => [
    element("dt", {}, label),
    element("dd", {}, ...written(runs, context)),
  ]);
  return element(
    "article",
    { class: isMarked ? "kg-entry kg-marked" : "kg-entry", "data-entry": item.term, "aria-current": isMarked || null },
    element("h4", {}, term.mark ? mark(term) : null, name),
    ...item.texts.map((text) => element("p", {}, text)),
    facts.length ? element("dl", { class: "kg-note" }, ...facts) : null,
    item.count ? element("p", { class: "kg-count" }, item.count, item.link ? pageLink(item.link.label, "activities", item.link.view) : null) : null,
  );
}

function entries({ title, items, marked, scrolls }, context) {
  const articles = items.map((item) => entry(item, context, item.term === marked));
  const chosen = articles.find((article) => article.matches(".kg-marked"));
  if (chosen) requestAnimationFrame(() => chosen.scrollIntoView({ block: scrolls }));
  return element(
    "section",
    { class: "kg-entries", "aria-label": title, "aria-live": "polite" },
    element("h3", {}, title),
    element("div", {}, ...articles),
  );
}

function example({ title, view, place, year, note, source }) {
  const words = ["", place, year, note, ""].filter((text, n) => text || n === 0).join("　");
  return element("li", {}, pageLink(title, "activities", view), element("small", {}, words, "　", source ? sourceLink(source, "出典") : null));
}

function outcome({ label, title, texts, facts, reasons, examples, more }, context) {
  const pairs = facts.flatMap(([name, runs]) => [element("dt", {}, name), element("dd", {}, ...written(runs, context))]);
  const why = reasons.map(({ text, answers, weigh }) =>
    element("li", {}, text, answers ? element("small", {}, answers) : null, weigh ? element("small", {}, weigh) : null),
  );
  return element(
    "article",
    { class: "kg-outcome", "aria-label": label },
    element("h3", {}, ...written(title, context)),
    ...texts.map((text) => element("p", {}, text)),
    element("dl", { class: "kg-note" }, ...pairs),
    element("ul", {}, ...why),
    element("h4", {}, examples.title),
    examples.items.length ? element("ul", { class: "kg-latest" }, ...examples.items.map(example)) : element("p", {}, examples.none),
    more ? element("p", {}, pageLink(more.label, "activities", more.view)) : null,
  );
}

export const GUIDE = { prose, contents, steps, entries, outcome };
