// Small things every part of a page is built from. Texts become text nodes: no text from
// data is ever read as HTML.

export const HATCH =
  "repeating-linear-gradient(45deg,var(--kg-map-hatch-ground) 0 4px,var(--kg-map-hatch-line) 4px 6px)";

export function element(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name === "style") node.style.cssText = value;
    else if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
}

export function formatted(value, digits = 0) {
  return Number(value).toLocaleString("ja-JP", {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
}

// The coloured letter of a term; dashed where it is implied only. Alone it has a name of its
// own, beside the term's name it is ornament.
export function mark(term, { isImplied = false, isAlone = false } = {}) {
  return element(
    "span",
    {
      class: isImplied ? "kg-mark kg-implied" : "kg-mark",
      style: `background:${term.colour};color:${term.ink}`,
      "data-term": term.key,
      role: isAlone && "img",
      "aria-label": isAlone && term.label,
      "aria-hidden": !isAlone && "true",
    },
    term.mark,
  );
}

// Anything but http(s) stays text: a link from data must not run a script.
export function sourceLink(address, text = address) {
  if (!/^https?:\/\//i.test(address)) return address;
  return element("a", { href: address, target: "_blank", rel: "noopener noreferrer" }, text);
}

// Drawing anew takes the focus away: give it back to the same district or row.
export function keepingFocus(root, work) {
  const focused = root.contains(document.activeElement) ? document.activeElement : null;
  const place = focused?.closest("[data-district],[data-row]");
  work();
  if (!place || root.contains(focused)) return;
  const { district, row } = place.dataset;
  const again = district ? `button[data-district="${district}"]` : `[data-row="${row}"] button`;
  root.querySelector(again)?.focus({ preventScroll: true });
}
