// Where names stand on a map: in their district or beside their circle, and on nothing else.
// The same as maps/label_placement.py, which says what a spot is.

const SIDES = [[0, -1], [0, 1], [1, 0], [-1, 0]];
const CORNERS = [[0.7, -0.7], [0.7, 0.7], [-0.7, 0.7], [-0.7, -0.7]];
const AWAY = [0.8, 1.6, 2.4, 3.2, 4.8, 6.4];
const CLEARANCE = 0.45;

function beside(spot, [across, down], away = 0) {
  const far = spot.reach + away * spot.height;
  const [toX, toY] = [spot.x + across * far, spot.y + down * far];
  const x = toX + (Math.sign(across) * spot.width) / 2;
  const y = toY + (Math.sign(down) * spot.height) / 2;
  if (!away) return { x, y };
  return { x, y, line: [[spot.x + across * spot.radius, spot.y + down * spot.radius], [toX, toY]] };
}

function tried(spot) {
  const inside = spot.hasRoom ? [{ x: spot.x, y: spot.y }] : [];
  const near = spot.isBeside ? SIDES.map((side) => beside(spot, side)) : [];
  const around = (away) => [...CORNERS, ...SIDES].map((side) => beside(spot, side, away));
  const far = spot.isNeeded ? AWAY.flatMap(around) : [];
  return [...inside, ...near, ...far];
}

function boxOf({ x, y }, { width, height }) {
  return [x - width / 2, y - height / 2, x + width / 2, y + height / 2];
}

// In its district, with the letter that stands there.
function isInside(place, spot) {
  return place.x === spot.x && place.y === spot.y;
}

function overlap(one, other) {
  return one[0] < other[2] && other[0] < one[2] && one[1] < other[3] && other[1] < one[3];
}

function distance([x, y], [left, top, right, bottom]) {
  return Math.hypot(Math.max(left - x, 0, x - right), Math.max(top - y, 0, y - bottom));
}

function pointsOf({ line }) {
  if (!line) return [];
  const [[x, y], [toX, toY]] = line;
  return Array.from({ length: 9 }, (_, n) => [x + ((toX - x) * n) / 8, y + ((toY - y) * n) / 8]);
}

function isFree(place, own, spots, taken, bounds) {
  const box = boxOf(place, own);
  // Lest it be read as the name of another.
  const clear = own.isBeside && !place.line ? CLEARANCE * own.height : 0;
  const [left, top, right, bottom] = bounds;
  const isWithin = left <= box[0] && top <= box[1] && box[2] <= right && box[3] <= bottom;
  const isCovered = (point) =>
    spots.some((one) => one !== own && Math.hypot(one.x - point[0], one.y - point[1]) < one.radius) ||
    taken.some((other) => distance(point, other) === 0);
  const isTouched = (one) => {
    if (one === own && isInside(place, own)) return false;
    const reach = one.radius + (one !== own && one.radius ? clear : 0);
    return distance([one.x, one.y], box) < reach;
  };
  return (
    isWithin &&
    !taken.some((other) => overlap(box, other)) &&
    !spots.some(isTouched) &&
    !pointsOf(place).some(isCovered)
  );
}

// The place of each name, {x, y, line}, by its spot; a name that would cover something has none.
export function standings(spots, bounds) {
  const found = new Map();
  const taken = [];
  const isFirst = (spot) => Number(spot.isNeeded && spot.isBeside);
  for (const spot of [...spots].sort((a, b) => isFirst(b) - isFirst(a) || b.reach - a.reach)) {
    const place = tried(spot).find((one) => isFree(one, spot, spots, taken, bounds));
    if (!place) continue;
    found.set(spot, place);
    taken.push(boxOf(place, spot), ...pointsOf(place).map(([x, y]) => [x, y, x, y]));
  }
  return found;
}
