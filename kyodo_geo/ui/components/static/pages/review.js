// How the seven principles of ふりかえり were rated.

import { element, formatted, mark } from "../core/dom.js";
import { termName } from "../core/glossary.js";

function gradeBar(counts, grades, rated) {
  const words = counts.map((count, n) => `${grades[n].label} ${formatted(count)}件`).reverse().join("、");
  const bar = element("span", { class: "kg-rating", role: "img", "aria-label": words });
  // The best grade comes first, as in the columns beside the bar.
  for (const [n, count] of [...counts.entries()].reverse()) {
    if (!count) continue;
    const look = `width:${((count / rated) * 100).toFixed(1)}%;background:${grades[n].colour};color:${grades[n].ink}`;
    bar.append(element("i", { style: look, title: `${grades[n].label} ${formatted(count)}件` }, grades[n].mark));
  }
  return bar;
}

function ratingRow({ counts, none, mean }, principle, grades) {
  const rated = counts.reduce((sum, count) => sum + count, 0);
  const number = (text) => element("td", { class: "kg-number" }, text);
  return element(
    "tr",
    {},
    element("th", { scope: "row" }, mark(principle), termName(principle)),
    element("td", { class: "kg-rating-cell" }, rated ? gradeBar(counts, grades, rated) : "評価はありません"),
    number(mean === null ? "—" : formatted(mean, 1)),
    ...[...counts].reverse().map((count) => number(formatted(count))),
    number(formatted(none)),
  );
}

// Seven rows; the bar shows the shares of the grades, the columns their numbers.
export function ratings({ caption, rows }, { edition }) {
  const { principle, grade } = edition.terms;
  const grades = [...grade].reverse();
  const heads = [
    element("th", { scope: "col" }, "考え方"),
    element("th", { scope: "col" }, "段階の割合"),
    element("th", { scope: "col", class: "kg-number" }, "平均"),
    ...grades.map((one) => element("th", { scope: "col", class: "kg-number" }, mark(one), termName(one))),
    element("th", { scope: "col", class: "kg-number" }, "該当しない"),
  ];
  return element(
    "div",
    { class: "kg-scroll", tabindex: "0", role: "region", "aria-label": caption },
    element(
      "table",
      { class: "kg-table kg-ratings" },
      element("caption", {}, caption),
      element("thead", {}, element("tr", {}, ...heads)),
      element("tbody", {}, ...rows.map((row, n) => ratingRow(row, principle[n], grade))),
    ),
  );
}
