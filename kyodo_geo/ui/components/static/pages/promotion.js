// The parts of the guideline at work: what is asked of whom, actions by year, the records behind
// a suggestion.

import { element, formatted, yearsTold } from "../core/dom.js";
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

// One square an action; a year without a record is not a year with none.
function actionYears({ caption, label, years }) {
  const bars = years.map(([short, count]) =>
    element(
      "li",
      { class: count ? null : "kg-none", title: `${short}年度 ${count ? `${formatted(count)}件` : "記録なし"}` },
      element("b", {}, count ? formatted(count) : "－"),
      element("span", { class: "kg-squares" }, ...Array.from({ length: Math.min(count || 0, 12) }, () => element("i"))),
      element("small", {}, `’${short.slice(2)}`),
    ),
  );
  const told = yearsTold(label, years.map(([short, count]) => [`${short}年度`, count]));
  const box = element(
    "div",
    { class: "kg-scroll", tabindex: "0", role: "group", "aria-label": label },
    element("ol", { class: "kg-years kg-action-years", "aria-label": told }, ...bars),
  );
  // Where there is no room for all years the newest are in sight.
  requestAnimationFrame(() => (box.scrollLeft = box.scrollWidth));
  return element("figure", { class: "kg-years-figure" }, element("figcaption", {}, caption), box);
}

export const GUIDELINE = { columns, points, records, actionYears };
