// The parts of 地区カルテ: a district's figures beside others', its years, the sentences about
// it, the districts like it.

import { ticks } from "../widgets/prose.js";
import { element, formatted, mark, yearsTold } from "../core/dom.js";
import { locator } from "../widgets/locator_map.js";
import { rowTable } from "../widgets/table.js";
import { termName } from "../core/glossary.js";

// A link to another page with a view of its own; the same address can be bookmarked.
export function pageLink(label, page, view) {
  const query = new URLSearchParams(Object.entries(view).flatMap(([key, texts]) => texts.map((text) => [key, text])));
  return element("a", { href: String(new URL(`${page}?${query}`, document.baseURI)), target: "_self" }, label);
}

function links({ items }) {
  return element("div", { class: "kg-links", role: "group", "aria-label": "ほかのページ" }, ...items.map((item) => pageLink(item.label, item.page, item.view)));
}

function mail({ label, to, subject, body }) {
  const query = `subject=${encodeURIComponent(subject)}&body=${encodeURIComponent(body)}`;
  return element("p", { class: "kg-mail" }, element("a", { href: `mailto:${to}?${query}` }, label));
}

function sentences({ items }) {
  const lines = items.map(({ text, page, view, label = "記録を見る" }) => {
    const rows = view ? element("span", { class: "kg-rows" }, pageLink(label, page, view)) : null;
    return element("li", {}, text, " ", rows);
  });
  return element("ul", { class: "kg-sentences" }, ...lines);
}

function figures({ caption, region, items }, { edition }) {
  const count = edition.districts.length;
  const heads = ["指標", "この地区", "順位", `${count}地区の分布`, region, "市全体", `${count}地区の中央値`];
  const rows = items.map((item) =>
    element(
      "tr",
      {},
      element("th", { scope: "row", title: item.note }, item.label),
      element("td", { class: "kg-number kg-own" }, item.value),
      element("td", {}, item.rank),
      element("td", {}, item.has_strip ? ticks(item.values, item.here, `${count}地区の分布での位置`, "kg-short") : "—"),
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

function years({ caption, years: found, highest, table }, context) {
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

function changeButton(label, change, context) {
  return element("button", { type: "button", class: "kg-link", onclick: () => context.change(change) }, label);
}

function kin({ items }, context) {
  const lines = items.map((item) =>
    element(
      "li",
      {},
      element("strong", {}, changeButton(item.label, item.change, context)),
      element("small", {}, `${item.region}　近さ ${item.likeness}（100が最大）`),
      element("ul", {}, ...item.reasons.map((reason) => element("li", {}, reason))),
    ),
  );
  return element("ol", { class: "kg-kin" }, ...lines);
}

function gaps({ items }) {
  const lines = items.map((item) =>
    element(
      "li",
      {},
      element("strong", {}, `「${item.label}」`),
      ` ${item.districts}　`,
      element("span", { class: "kg-rows" }, pageLink("記録を見る", "activities", item.view)),
      element(
        "ul",
        {},
        ...item.examples.map((example) =>
          element("li", {}, pageLink(example.title, "activities", example.view), element("small", {}, `　${example.year}`)),
        ),
      ),
    ),
  );
  return element("ul", { class: "kg-gaps" }, ...lines);
}

export const PROFILE = { links, mail, sentences, locator, figures, years, kin, gaps };
