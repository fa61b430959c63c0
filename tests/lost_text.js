// Texts that are cut off by what they stand in: the letters reach out of an element that hides
// what does not fit. What scrolls, and what is told to readers of screens alone, cuts nothing off.
() => {
  const cuts = (axis) => ["hidden", "clip"].includes(axis);
  const visible = (node) => node.checkVisibility({ visibilityProperty: true, opacityProperty: true });
  const isCut = (text, box) => {
    const style = getComputedStyle(box);
    const edge = box.getBoundingClientRect();
    const size = parseFloat(getComputedStyle(text.parentElement).fontSize);
    const range = document.createRange();
    range.selectNodeContents(text);
    return [...range.getClientRects()].some((line) => {
      const room = Math.max(0, (line.height - size) / 2) + 1; // above and below the letters
      const wide = cuts(style.overflowX) && (line.right > edge.right + 1 || line.left < edge.left - 1);
      const high = cuts(style.overflowY) && (line.bottom - room > edge.bottom || line.top + room < edge.top);
      return line.width > 1 && (wide || high);
    });
  };
  const boxOf = (node) => {
    for (let box = node; box && !box.matches(".stMain"); box = box.parentElement) {
      const { overflowX, overflowY } = getComputedStyle(box);
      if (/auto|scroll/.test(overflowX + overflowY)) return null;
      if (cuts(overflowX) || cuts(overflowY)) return box;
    }
    return null;
  };
  const lost = [];
  const walker = document.createTreeWalker(document.querySelector(".stMain"), NodeFilter.SHOW_TEXT);
  for (let text = walker.nextNode(); text; text = walker.nextNode()) {
    const node = text.parentElement;
    if (!text.data.trim() || node.closest(".kg-unseen, script, style, svg") || !visible(node)) continue;
    const box = boxOf(node);
    if (box && isCut(text, box)) lost.push(text.data.trim().slice(0, 30));
  }
  return lost;
}
