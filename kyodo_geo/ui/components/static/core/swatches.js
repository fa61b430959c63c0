// How a swatch of a picture, [colour, kind, has light ink], looks on a page.

import { el } from "./dom.js";

// Decision 36: what tells no figure is as the page is, light or dark.
const HATCH =
  "repeating-linear-gradient(45deg,var(--kg-map-hatch-ground) 0 4px,var(--kg-map-hatch-line) 4px 6px)";
const GROUNDS = { hatch: HATCH, outline: "var(--kg-map-zero)", ring: "var(--kg-map-zero)" };

/** Tell whether a swatch stands for no figure: then it is as the page is, light or dark. */
export function isGround([, kind]) {
  return kind in GROUNDS;
}

/** Return the CSS background of a swatch. */
export function background([colour, kind]) {
  return GROUNDS[kind] || colour;
}

/** Return the CSS colour of text on a swatch. */
export function inkOn(swatch) {
  if (isGround(swatch)) return "var(--kg-map-letters)";
  return swatch[2] ? "var(--kg-map-text-light)" : "var(--kg-map-text)";
}

/** Return the style of something filled with a swatch, with text on it. */
export function filled(swatch) {
  return `background:${background(swatch)};color:${inkOn(swatch)}`;
}

/** Draw a circle as large as on the map, smaller among tiles (page.css). */
export function round(swatch, radius) {
  return el("i.kg-swatch.kg-round", { style: `background:${background(swatch)};--radius:${radius}` });
}

/** Draw the swatch of a legend item: a circle if it has a radius, else a box with its mark. */
export function patch({ mark, radius }, swatch) {
  return radius ? round(swatch, radius) : el("i.kg-swatch", { style: filled(swatch) }, mark);
}
