// Old and new outlines of the districts over each other.

import { el, svg } from "../core/dom.js";

const NAME_SIZE = 15;
const LINE = ["path", { d: "M1 7H33" }];
const BOX = ["rect", { x: 1, y: 1, width: 32, height: 12 }];

function key(kind, label, [tag, shape]) {
  const frame = { viewBox: "0 0 34 14", width: 34, height: 14, "aria-hidden": "true" };
  return el("li", svg("svg", frame, svg(tag, shape, { class: `kg-${kind}` })), label);
}

/** Draw SVG paths before and after over each other, those that differ `large` marked. */
export function outlines({ label, width, height, shapes }) {
  const paths = (side, classOf) =>
    shapes.map((shape) => {
      return svg("path", { d: shape[side], class: classOf(shape) }, svg("title", shape.full_name));
    });
  const names = shapes.map(({ name, at: [x, y] }) => {
    return svg("text", { x, y, "font-size": NAME_SIZE }, name);
  });
  const hasLarge = shapes.some((shape) => shape.large);
  const view = { viewBox: `-4 -4 ${width + 8} ${height + 8}`, role: "img", "aria-label": label };
  return el(
    "figure.kg-outlines",
    el(
      "ul.kg-key",
      key("before", "いまの境界", LINE),
      key("after", "新しい境界", LINE),
      hasLarge && key("large", "大きく違う地区", BOX),
    ),
    svg(
      "svg",
      view,
      paths("after", (shape) => (shape.large ? "kg-large" : "kg-fill")),
      paths("before", () => "kg-before"),
      paths("after", () => "kg-after"),
      names,
    ),
  );
}
