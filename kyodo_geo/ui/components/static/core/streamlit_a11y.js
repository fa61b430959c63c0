// Streamlit's frame around our parts, mended for people who read with their ears or go by
// keyboard: its words are English, some of its roles are wrong, and what is drawn anew takes the
// focus with it. What cannot be mended here is listed in data/accessibility.yml.

import { inJapanese, NAMES, PHRASED, ROLES } from "./streamlit_names.js";

const SKIP_TEXT = "本文へ移動";
const FOCUSABLE =
  "a[href], button:not(:disabled), input:not(:disabled), select:not(:disabled), summary, [tabindex='0']";
const SETTLED_MS = 400;

function mend(attribute, table) {
  for (const [selector, value] of Object.entries(table)) {
    for (const node of document.querySelectorAll(selector)) {
      if (node.getAttribute(attribute) !== value) node.setAttribute(attribute, value);
    }
  }
}

function translate() {
  for (const node of document.querySelectorAll(PHRASED)) {
    const name = inJapanese(node.ariaLabel);
    if (name !== node.ariaLabel) node.ariaLabel = name;
  }
}

function mendAll() {
  mend("aria-label", NAMES);
  translate();
  mend("role", ROLES);
  const skip = document.querySelector("[data-testid=stSkipToContent]");
  if (skip && skip.textContent !== SKIP_TEXT) skip.textContent = SKIP_TEXT;
  // Out of sight on a phone, yet in the way of the Tab key.
  const menu = document.querySelector("[data-testid=stSidebar]");
  if (menu) menu.inert = menu.dataset.collapsed === "true";
}

// ---- The focus: the element that has it, and what it stands in, from the inside out.

const OTHER_BUTTON = {
  stExpandSidebarButton: "[data-testid=stSidebarCollapseButton] button",
  stSidebarCollapseButton: "[data-testid=stExpandSidebarButton]",
};
let last = null;
let around = [];
let timer = 0;

function remember({ target }) {
  last = target;
  around = [];
  for (let node = target.parentElement; node && node !== document.body; node = node.parentElement) {
    around.push(node);
  }
}

// Who presses beside all fields has left them.
function forget({ target }) {
  if (!target.closest(`${FOCUSABLE}, label`)) last = null;
}

function isUsable(node) {
  return node.isConnected && !node.disabled && node.checkVisibility();
}

// The neighbour that can take the focus of a button that may no longer be pressed.
function neighbour(node) {
  const all = [...(node.parentElement?.querySelectorAll(FOCUSABLE) || [])].filter(isUsable);
  const behind = all.find((one) => node.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_FOLLOWING);
  return behind || all.at(-1);
}

function otherButton() {
  const name = [last, ...around].map((node) => node.dataset?.testid).find((testid) => testid in OTHER_BUTTON);
  return name && document.querySelector(OTHER_BUTTON[name]);
}

// What is nearest to the place of something that is gone: the heading of what is left there,
// or the first thing in it that can be operated.
function nearest() {
  const left = around.find((node) => node.isConnected && node.checkVisibility());
  const place = left?.querySelector("h1, h2, h3, h4") || left?.querySelector(FOCUSABLE) || left;
  if (place && !place.matches(FOCUSABLE)) place.setAttribute("tabindex", "-1");
  return place;
}

function rescue() {
  if (!last || document.activeElement !== document.body || isUsable(last)) return;
  const next = otherButton() || (last.isConnected && neighbour(last)) || nearest();
  next?.focus({ preventScroll: true });
  // For who goes by keyboard; under a mouse nothing may jump.
  if (next?.matches(":focus-visible")) next.scrollIntoView({ block: "nearest" });
}

// Drawing comes in steps: where the focus went is known when nothing has moved for a while.
function onChange() {
  requestAnimationFrame(mendAll);
  clearTimeout(timer);
  timer = setTimeout(rescue, SETTLED_MS);
}

// Streamlit draws a page anew at the letter R alone, which speech input says by accident
// (WCAG 2.1.4). Where letters mean something they are let pass.
const TAKES_LETTERS = "input, textarea, select, [contenteditable], [role=listbox], [role=menu]";

function silence(event) {
  const isLetter = /^[a-z]$/i.test(event.key) && !event.ctrlKey && !event.metaKey && !event.altKey;
  if (isLetter && !event.target.closest?.(TAKES_LETTERS)) event.stopImmediatePropagation();
}

const WATCHED = { childList: true, subtree: true, attributeFilter: ["data-collapsed", "disabled"] };
document.documentElement.lang = "ja";
document.addEventListener("focusin", remember);
document.addEventListener("pointerdown", forget);
window.addEventListener("keydown", silence, true);
new MutationObserver(onChange).observe(document.body, WATCHED);
onChange();
