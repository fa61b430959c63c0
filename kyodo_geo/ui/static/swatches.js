// How a swatch of a picture, [colour, kind, has light ink], looks on a page.

import { element, HATCH } from "./elements.js";

export function background([colour, kind]) {
  return kind === "hatch" ? HATCH : colour;
}

export function inkOn([, , isDark]) {
  return isDark ? "var(--kg-map-text-light)" : "var(--kg-map-text)";
}

export function patch({ mark, radius }, swatch) {
  const [colour, kind] = swatch;
  if (radius) {
    const size = Math.round(radius * 2);
    return element("i", { class: "kg-swatch kg-round", style: `width:${size}px;height:${size}px;background:${colour}` });
  }
  if (kind === "circle") return element("i", { class: "kg-swatch kg-dot", style: `background:${colour}` });
  return element("i", { class: "kg-swatch", style: `background:${background(swatch)};color:${inkOn(swatch)}` }, mark || "");
}
