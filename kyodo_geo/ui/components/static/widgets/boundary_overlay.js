// Old and new outlines of the districts over each other.

import { element } from "../core/dom.js";
import { svgElement } from "../core/geometry.js";

const NAME_SIZE = 15;

function key(kind, label) {
  const line = svgElement("svg", { viewBox: "0 0 34 14", width: 34, height: 14, "aria-hidden": "true" });
  const isLarge = kind === "large";
  const drawn = isLarge ? ["rect", { x: 1, y: 1, width: 32, height: 12 }] : ["path", { d: "M1 7H33" }];
  line.append(svgElement(drawn[0], { ...drawn[1], class: `kg-${kind}` }));
  return element("li", {}, line, label);
}

export function outlines({ label, width, height, shapes }) {
  const of = (side, kind) =>
    shapes.map((shape) => {
      const title = svgElement("title", {}, shape.full_name);
      return svgElement("path", { d: shape[side], class: kind(shape) }, title);
    });
  const names = shapes.map(({ name, at: [x, y] }) => {
    return svgElement("text", { x, y, "font-size": NAME_SIZE }, name);
  });
  const hasLarge = shapes.some((shape) => shape.large);
  return element(
    "figure",
    { class: "kg-outlines" },
    element(
      "ul",
      { class: "kg-key" },
      key("before", "いまの境界"),
      key("after", "新しい境界"),
      hasLarge ? key("large", "大きく違う地区") : null,
    ),
    svgElement(
      "svg",
      { viewBox: `-4 -4 ${width + 8} ${height + 8}`, role: "img", "aria-label": label },
      ...of("after", (shape) => (shape.large ? "kg-large" : "kg-fill")),
      ...of("before", () => "kg-before"),
      ...of("after", () => "kg-after"),
      ...names,
    ),
  );
}
