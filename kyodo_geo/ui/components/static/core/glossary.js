// Terms of the guideline, wherever they are shown: what has `data-term` tells its definition
// when it is pointed at, focused by keyboard, tapped or clicked, with the way to its place in
// the guide. One listener for all pages; drawing a term costs an attribute.

import { el } from "./dom.js";
import { popoverPlace } from "./popover.js";
import { query } from "./view_state.js";

const SHOW_AFTER_MS = 250;
const HIDE_AFTER_MS = 250;
const IMPLIED = "（推定）";
const ABOUT_PLACES = /\/(district|compare)$/;

let open = null; // { anchor, node, isPinned }
let timer = 0;
const names = new WeakMap();

/** Return the term of a name, e.g. 共催 or 共催（推定）; undefined for any other text. */
export function termCalled(text, edition) {
  if (!names.has(edition)) {
    names.set(edition, new Map(Object.values(edition.terms).flat().map((term) => [term.label, term])));
  }
  return names.get(edition).get(text.endsWith(IMPLIED) ? text.slice(0, -IMPLIED.length) : text);
}

/** Return the term of a key, e.g. form:0. */
export function termOf(key, edition) {
  const [of, n] = key.split(":");
  return edition.terms[of][n];
}

/**
 * Create the name of a term, which tells its definition. In lists of many rows it is no stop
 * for the Tab key: the same terms are stops in the heads of tables, in cards and in the details.
 * `goTo(term)` replaces the way to the guide.
 */
export function termName(term, text = term.label, { isStop = true, goTo = null } = {}) {
  const look = { type: isStop && "button", class: "kg-term", "data-term": term.key };
  const node = el(isStop ? "button" : "span", look, text);
  node.kyodoGoTo = goTo;
  return node;
}

/** Return a text, as the name of a term if it is one. */
export function called(text, edition, options) {
  const term = termCalled(text, edition);
  return term ? termName(term, text, options) : text;
}

// The view goes along for the way back. On pages about places `district` is no filter.
function guideAddress({ part, id }) {
  const view = query();
  if (ABOUT_PLACES.test(location.pathname)) view.delete("district");
  view.set("part", part);
  view.set("term", id);
  return String(new URL(`guide?${view}`, document.baseURI));
}

function definition(term, goTo) {
  const onclick = (event) => {
    event.preventDefault();
    hide();
    goTo(term);
  };
  const address = { href: guideAddress(term), target: "_self", onclick: goTo && onclick };
  return el(
    "span.kg-definition",
    { popover: "manual" },
    el("strong", term.label),
    el("span", { id: "kg-definition" }, term.definition),
    el("a", address, "協働の指針で読む"),
  );
}

function place() {
  const { anchor, node } = open;
  const { clientWidth, clientHeight } = document.documentElement;
  const box = anchor.getBoundingClientRect();
  const menu = anchor.closest(".kg-menu")?.getBoundingClientRect();
  const size = [node.offsetWidth, node.offsetHeight];
  const { left, top } = popoverPlace(box, menu, size, [clientWidth, clientHeight]);
  Object.assign(node.style, { left: `${left}px`, top: `${top}px` });
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
  // Decision 26: right behind its term, so that the Tab key leads from the one into the other.
  anchor.after(node);
  open = { anchor, node, isPinned };
  anchor.setAttribute("aria-describedby", "kg-definition");
  node.showPopover?.();
  place();
}

// The term at an event; undefined inside the open definition, which is left as it is.
function termAt(target) {
  return open?.node.contains(target) ? undefined : target.closest?.("[data-term]") || null;
}

document.addEventListener("pointerover", ({ target, pointerType }) => {
  if (pointerType !== "mouse") return;
  clearTimeout(timer);
  const anchor = termAt(target);
  if (anchor) timer = setTimeout(() => anchor.isConnected && show(anchor), SHOW_AFTER_MS);
  else if (anchor === null && open && !open.isPinned) timer = setTimeout(hide, HIDE_AFTER_MS);
});

document.addEventListener("focusin", ({ target }) => {
  const anchor = termAt(target);
  if (anchor && target.matches(":focus-visible")) show(anchor, true);
  else if (anchor !== undefined && anchor !== open?.anchor) hide();
});

document.addEventListener("click", ({ target }) => {
  const anchor = termAt(target);
  const isPinned = open?.anchor === anchor && open.isPinned;
  if (anchor?.matches(".kg-term") && !isPinned) show(anchor, true);
  else if (anchor !== undefined) hide();
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
