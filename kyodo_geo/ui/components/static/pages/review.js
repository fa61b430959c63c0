// The parts of ふりかえり: what was learnt, and the chain of activities in which one goes on from
// the other.

import { element } from "../core/dom.js";
import { pageLink } from "./district.js";

// Sentences from reviews, each with the activities it comes from.
function noted({ items }, context) {
  const source = ({ id, title, small }) =>
    element(
      "li",
      {},
      element("button", { type: "button", class: "kg-link", onclick: () => context.change({ activity: [id] }) }, title),
      element("small", {}, small),
    );
  const lines = items.map(({ text, note, sources }) =>
    element(
      "li",
      {},
      element("p", {}, text),
      note ? element("small", {}, note) : null,
      element("ul", {}, ...sources.map(source)),
    ),
  );
  return element("ol", { class: "kg-noted" }, ...lines);
}

// A chain of activities from the first to the last: what each one left to the next.
function chain({ items, page }) {
  const steps = items.map(({ id, title, year, isHere, left }) =>
    element(
      "li",
      { "aria-current": isHere ? "true" : null },
      element("small", {}, year),
      isHere ? element("strong", {}, title) : pageLink(title, page, { activity: [id] }),
      ...left.map(([name, text]) => element("p", {}, element("b", {}, name), ` ${text}`)),
    ),
  );
  return element("ol", { class: "kg-chain", "aria-label": "活動のつながり" }, ...steps);
}

export const REVIEW = { noted, chain };
