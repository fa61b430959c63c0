// How a swatch of a picture, [colour, kind, has light ink], looks on a page.

import { element, HATCH } from "./dom.js";

const GROUNDS = { hatch: HATCH, outline: "var(--kg-map-zero)", ring: "var(--kg-map-zero)" };

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

// A circle as large as on the map, smaller among tiles (page.css).
export function round(swatch, radius) {
  const style = `background:${background(swatch)};--radius:${radius}`;
  return element("i", { class: "kg-swatch kg-round", style });
}

export function patch({ mark, radius }, swatch) {
  if (radius) return round(swatch, radius);
  const style = `background:${background(swatch)};color:${inkOn(swatch)}`;
  return element("i", { class: "kg-swatch", style }, mark || "");
}
