// What the page around this frame says. A frame in a page of another host is on its own: that
// page may not be looked at.

function ask(question, otherwise) {
  try {
    return question(window.parent);
  } catch {
    return otherwise;
  }
}

// Light or dark; as the system has it where the page doesn't say.
export function colorScheme() {
  return ask((page) => page.getComputedStyle(page.document.querySelector(".stApp")).colorScheme, "");
}

// How large circles are, as in the legend (page.css).
export function circleScale() {
  const styleOf = (page) => page.getComputedStyle(page.document.querySelector(".kg-picture"));
  return ask((page) => parseFloat(styleOf(page).getPropertyValue("--circle")), 1);
}

// What the page painted last, for a map that comes later; see map.js.
export function picture() {
  return ask((page) => page.kyodoPicture, null);
}
