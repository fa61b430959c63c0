// A district's figures beside others', and its years.

import { ticks } from "../widgets/prose.js";
import { element, formatted, mark, yearsTold } from "../core/dom.js";
import { rowTable } from "../widgets/table.js";
import { termName } from "../core/glossary.js";

export function figures({ caption, region, items }, { edition }) {
  const all = `${edition.districts.length}地区`;
  const heads = ["指標", "この地区", "順位", `${all}の分布`, region, "市全体", `${all}の中央値`];
  const rows = items.map((item) =>
    element(
      "tr",
      {},
      element("th", { scope: "row", title: item.note }, item.label),
      element("td", { class: "kg-number kg-own" }, item.value),
      element("td", {}, item.rank),
      element("td", {}, item.has_strip ? ticks(item.values, item.here, `${all}の分布での位置`, "kg-short") : "—"),
      ...[item.region, item.city, item.middle].map((text) => element("td", { class: "kg-number" }, text)),
    ),
  );
  const cells = heads.map((text, n) => element("th", { scope: "col", class: [1, 4, 5, 6].includes(n) ? "kg-number" : null }, text));
  return element(
    "div",
    { class: "kg-scroll", tabindex: "0", role: "region", "aria-label": caption },
    element(
      "table",
      { class: "kg-table kg-figures-table" },
      element("caption", {}, caption),
      element("thead", {}, element("tr", {}, ...cells)),
      element("tbody", {}, ...rows),
    ),
  );
}

const LETTER_FROM = 8; // percent of the height: a letter needs so much room

function yearBar([short, label, activities, forms], highest, edition) {
  const stack = forms.map(([n, count]) => {
    const term = edition.terms.form[n];
    const share = (count / highest) * 100;
    const style = `height:${share.toFixed(1)}%;background:${term.colour};color:${term.ink}`;
    return element("i", { style, title: `${term.label} ${formatted(count)}件` }, share >= LETTER_FROM ? term.mark : "");
  });
  const words = activities ? `${label} ${formatted(activities)}件` : `${label} 記録なし`;
  return element(
    "li",
    { title: words, class: activities ? null : "kg-none" },
    element("b", {}, activities ? formatted(activities) : "なし"),
    element("span", { class: "kg-stack" }, ...stack.reverse()),
    element("small", {}, short),
  );
}

export function years({ caption, years: found, highest, table }, context) {
  if (!found.length) return element("p", {}, "記録はありません。");
  const used = new Set(found.flatMap(([, , , forms]) => forms.map(([n]) => n)));
  const key = context.edition.terms.form.filter((_, n) => used.has(n)).map((term) => element("li", {}, mark(term), termName(term)));
  const told = `${yearsTold("年度ごとの図", found.map(([, label, activities]) => [label, activities]))}数字は「表で見る」にあります。`;
  const bars = element(
    "div",
    { class: "kg-scroll", tabindex: "0", role: "group", "aria-label": "年度ごとの図" },
    element("ol", { class: "kg-years", "aria-label": told }, ...found.map((one) => yearBar(one, highest || 1, context.edition))),
  );
  // Where there is no room for all years the newest are in sight.
  requestAnimationFrame(() => (bars.scrollLeft = bars.scrollWidth));
  return element(
    "figure",
    { class: "kg-years-figure" },
    element("figcaption", {}, caption),
    element("ul", { class: "kg-key" }, ...key),
    bars,
    element("details", { class: "kg-folded" }, element("summary", {}, "表で見る"), rowTable(table, context).node),
  );
}
