// How a swatch of a picture, [colour, kind, has light ink], looks on a page.

import { element, HATCH } from "./elements.js";

const GROUNDS = { hatch: HATCH, outline: "var(--kg-map-zero)" };

// Kinds that tell no figure are as the page is, light or dark.
export function isGround([, kind]) {
  return kind in GROUNDS;
}

export function background(swatch) {
  return GROUNDS[swatch[1]] || swatch[0];
}

export function inkOn(swatch) {
  if (isGround(swatch)) return "var(--kg-map-letters)";
  return swatch[2] ? "var(--kg-map-text-light)" : "var(--kg-map-text)";
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
