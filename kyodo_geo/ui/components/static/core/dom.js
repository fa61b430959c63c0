// Small things every part of a page is built from. Decision 5: texts become text nodes, no text
// from data is ever read as HTML.

const HTML = "http://www.w3.org/1999/xhtml";
const SVG = "http://www.w3.org/2000/svg";

function isAbsent(value) {
  return value === null || value === undefined || value === false;
}

function addClasses(node, names) {
  for (const name of (names || "").split(" ")) if (name) node.classList.add(name);
}

function setAttribute(node, name, value) {
  if (name === "class") addClasses(node, value);
  else if (isAbsent(value)) node.removeAttribute(name);
  else if (name === "style") node.style.cssText = value;
  else if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
  else node.setAttribute(name, value === true ? "" : value);
}

/** Set attributes as `el` does; null, undefined and false remove one, `class` only adds. */
export function setAttributes(node, attributes) {
  for (const [name, value] of Object.entries(attributes)) setAttribute(node, name, value);
}

function add(node, part) {
  if (isAbsent(part)) return;
  if (Array.isArray(part)) part.forEach((one) => add(node, one));
  else if (typeof part !== "object" || part.nodeType) node.append(part);
  else setAttributes(node, part);
}

function build(namespace, selector, parts) {
  const [tag, ...classes] = selector.split(".");
  const node = document.createElementNS(namespace, tag);
  if (classes.length) node.setAttribute("class", classes.join(" "));
  add(node, parts);
  return node;
}

/**
 * Create an HTML element: `el("p.kg-note", { role: "note" }, "text", [child, …])`.
 *
 * Plain objects among `parts` are attributes (`onclick` and the like are listeners, `class`
 * adds), everything else is a child; null, undefined and false are skipped in both.
 */
export function el(selector, ...parts) {
  return build(HTML, selector, parts);
}

/** Create an SVG element; parameters as for `el`. */
export function svg(selector, ...parts) {
  return build(SVG, selector, parts);
}

/** Create a button that never submits; `attributes` may replace its class. */
export function pushButton(label, onclick, attributes = {}) {
  return el("button", { type: "button", class: "kg-button", onclick, ...attributes }, label);
}

/** Create an empty element whose later texts are read aloud. */
export function liveRegion(selector) {
  return el(selector, { role: "status", "aria-live": "polite" });
}

/** Wrap what may be wider than the window so that it scrolls, by keyboard too. */
export function scrolling(role, label, child) {
  return el("div.kg-scroll", { tabindex: "0", role, "aria-label": label }, child);
}

/** Create a scrolling table; `heads` are `th` elements, `groups` are `tbody` and `tfoot`. */
export function tableFrame(style, caption, heads, ...groups) {
  const parts = [el("caption", caption), el("thead", el("tr", heads)), groups];
  return scrolling("region", caption, el("table.kg-table", { class: style }, parts));
}

/** Format a number in Japanese with exactly `digits` decimals. */
export function formatted(value, digits = 0) {
  const decimals = { minimumFractionDigits: digits, maximumFractionDigits: digits };
  return Number(value).toLocaleString("ja-JP", decimals);
}

/**
 * Create the coloured letter of a term; dashed if the term is only implied. Alone it has an
 * accessible name, beside the term's name it is hidden from screen readers.
 */
export function mark(term, { isImplied = false, isAlone = false } = {}) {
  const { key, label, colour, ink } = term;
  const look = { class: isImplied && "kg-implied", style: `background:${colour};color:${ink}` };
  const name = isAlone ? { role: "img", "aria-label": label } : { "aria-hidden": "true" };
  return el("span.kg-mark", look, name, { "data-term": key }, term.mark);
}

/** Link to an address from data; anything but http(s) stays text, so that no link runs a script. */
export function sourceLink(address, text = address) {
  if (!/^https?:\/\//i.test(address)) return address;
  return el("a", { href: address, target: "_blank", rel: "noopener noreferrer" }, text);
}

/** Replace the children of `parent`; one that keeps its place is not moved and keeps the focus. */
export function setChildren(parent, nodes) {
  nodes.forEach((node, n) => {
    if (parent.childNodes[n] !== node) parent.insertBefore(node, parent.childNodes[n] || null);
  });
  while (parent.childNodes.length > nodes.length) parent.lastChild.remove();
}

/**
 * Redraw by `work` and give the focus back to the same district, row or act (`data-act`), or
 * to the first match of `otherwise` if that act is gone.
 */
export function keepingFocus(root, work, otherwise = null) {
  const focused = document.activeElement;
  const place = root.contains(focused) && focused.closest("[data-district],[data-row],[data-act]");
  work();
  if (!place || root.contains(focused)) return;
  const { district, row, act } = place.dataset;
  let same = `[data-row="${row}"] button`;
  if (district) same = `button[data-district="${district}"]`;
  if (act) same = `[data-act="${CSS.escape(act)}"]:not(:disabled)`;
  const next = root.querySelector(same) || (otherwise && root.querySelector(otherwise));
  next?.focus({ preventScroll: true });
}
