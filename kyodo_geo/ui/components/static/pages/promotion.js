// The parts of the guideline at work: what is asked of whom, the records behind a suggestion.

import { element } from "../core/dom.js";
import { pageLink } from "./district.js";

function columns({ parts }, context) {
  return element("div", { class: "kg-columns" }, ...parts.map(context.drawn));
}

function points({ items }) {
  return element("ul", { class: "kg-points" }, ...items.map((item) => element("li", {}, item)));
}

// Links to activities: {title, note, view}.
function records({ items }) {
  const lines = items.map(({ title, note, view }) =>
    element("li", {}, pageLink(title, "activities", view), element("small", {}, note)),
  );
  return element("ul", { class: "kg-records" }, ...lines);
}

export const GUIDELINE = { columns, points, records };
