// The actions of the city by year.

import { element, formatted, yearsTold } from "../core/dom.js";

// One square an action; a year without a record is not a year with none.
export function actionYears({ caption, label, years }) {
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
