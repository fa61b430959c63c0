// Terms of the guideline, wherever they are shown: what has `data-term` tells its definition
// when it is pointed at, focused by keyboard, tapped or clicked, with the way to its place in
// the guide. One listener for all pages; drawing a term costs an attribute.

import { element } from "./dom.js";
import { popoverPlace } from "./popover.js";
import { query } from "./view_state.js";

const SHOW_AFTER_MS = 250;
const HIDE_AFTER_MS = 250;
const IMPLIED = "（推定）";
const ABOUT_PLACES = /\/(district|compare)$/;

let open = null; // { anchor, node, isPinned }
let timer = 0;
const names = new WeakMap();

// The term of that name, e.g. 共催 or 共催（推定）; undefined for any other text.
export function termCalled(text, edition) {
  if (!names.has(edition)) {
    names.set(edition, new Map(Object.values(edition.terms).flat().map((term) => [term.label, term])));
  }
  return names.get(edition).get(text.endsWith(IMPLIED) ? text.slice(0, -IMPLIED.length) : text);
}

// The term of a key, e.g. form:0.
export function termOf(key, edition) {
  const [of, n] = key.split(":");
  return edition.terms[of][n];
}

// A term's name. In lists of many rows it is no stop for the Tab key: the same terms are stops
// in the heads of tables, in cards and in the details.
export function termName(term, text = term.label, { isStop = true, goTo = null } = {}) {
  const kind = isStop ? "button" : "span";
  const node = element(kind, { type: isStop && "button", class: "kg-term", "data-term": term.key }, text);
  node.kyodoGoTo = goTo;
  return node;
}

// A text that may be the name of a term.
export function called(text, edition, options) {
  const term = termCalled(text, edition);
  return term ? termName(term, text, options) : text;
}

// The view goes along for the way back. On pages about places `district` is no filter.
function guideAddress(term) {
  const view = query();
  if (ABOUT_PLACES.test(window.location.pathname)) view.delete("district");
  view.set("part", term.part);
  view.set("term", term.id);
  return String(new URL(`guide?${view}`, document.baseURI));
}

function definition(term, goTo) {
  const link = element("a", { href: guideAddress(term), target: "_self" }, "協働の指針で読む");
  if (goTo) {
    link.addEventListener("click", (event) => {
      event.preventDefault();
      hide();
      goTo(term);
    });
  }
  const text = element("span", { id: "kg-definition" }, term.definition);
  const name = element("strong", {}, term.label);
  return element("span", { class: "kg-definition", popover: "manual" }, name, text, link);
}

function place() {
  const { anchor, node } = open;
  const { clientWidth, clientHeight } = document.documentElement;
  const menu = anchor.closest(".kg-menu")?.getBoundingClientRect();
  const size = [node.offsetWidth, node.offsetHeight];
  const { left, top } = popoverPlace(anchor.getBoundingClientRect(), menu, size, [clientWidth, clientHeight]);
  node.style.left = `${left}px`;
  node.style.top = `${top}px`;
}

function hide() {
  clearTimeout(timer);
  if (!open) return;
  open.anchor.removeAttribute("aria-describedby");
  open.node.remove();
  open = null;
}

function show(anchor, isPinned = false) {
  clearTimeout(timer);
  if (open?.anchor === anchor) {
    open.isPinned ||= isPinned;
    return;
  }
  hide();
  // A page that was open while the program was updated listens with both versions.
  if (document.querySelector(".kg-definition")) return;
  const node = definition(termOf(anchor.dataset.term, window.KYODO_EDITION), anchor.kyodoGoTo);
  // Right behind its term, so that the Tab key leads from the one into the other.
  anchor.after(node);
  open = { anchor, node, isPinned };
  anchor.setAttribute("aria-describedby", "kg-definition");
  node.showPopover?.();
  place();
}

function termAt(target) {
  return target.closest?.("[data-term]") || null;
}

function isInside(target) {
  return Boolean(open) && open.node.contains(target);
}

document.addEventListener("pointerover", ({ target, pointerType }) => {
  if (pointerType !== "mouse") return;
  clearTimeout(timer);
  if (isInside(target)) return;
  const anchor = termAt(target);
  if (anchor) timer = setTimeout(() => anchor.isConnected && show(anchor), SHOW_AFTER_MS);
  else if (open && !open.isPinned) timer = setTimeout(hide, HIDE_AFTER_MS);
});

document.addEventListener("focusin", ({ target }) => {
  if (isInside(target)) return;
  const anchor = termAt(target);
  if (anchor && target.matches(":focus-visible")) show(anchor, true);
  else if (anchor !== open?.anchor) hide();
});

document.addEventListener("click", ({ target }) => {
  if (isInside(target)) return;
  const anchor = termAt(target);
  if (!anchor?.matches(".kg-term")) hide();
  else if (open?.anchor === anchor && open.isPinned) hide();
  else show(anchor, true);
});

// Escape closes the definition alone; at a control that has a use for Escape, both.
document.addEventListener(
  "keydown",
  (event) => {
    if (event.key !== "Escape" || !open) return;
    if (!open.anchor.closest(".kg-menu")) event.stopPropagation();
    hide();
  },
  true,
);

document.addEventListener("scroll", () => open && (open.anchor.isConnected ? place() : hide()), true);
