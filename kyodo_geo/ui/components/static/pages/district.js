// The parts of 地区カルテ: the sentences about a district, the districts like it.

import { element } from "../core/dom.js";
import { locator } from "../widgets/locator_map.js";

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

export const PROFILE = { links, mail, sentences, locator, kin, gaps };
