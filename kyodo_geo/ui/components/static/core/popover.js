// Where an explanation stands: below its anchor, or above where there is no room below. In a
// menu it stands beside the menu, so that it hides no other choice.

const GAP_PX = 6;

// `anchor` and `menu` (or null) are boxes in the window; sizes are [width, height].
export function popoverPlace(anchor, menu, [width, height], [windowWidth, windowHeight]) {
  const { left, right, bottom } = menu || anchor;
  const isBeside = Boolean(menu) && right + GAP_PX + width <= windowWidth;
  const start = isBeside ? right + GAP_PX : Math.min(left, windowWidth - width - GAP_PX);
  const below = isBeside ? anchor.top : bottom + GAP_PX;
  const hasRoom = isBeside || below + height <= windowHeight;
  const top = hasRoom ? below : (menu || anchor).top - height - GAP_PX;
  return { left: Math.max(GAP_PX, start), top: Math.max(GAP_PX, top) };
}
