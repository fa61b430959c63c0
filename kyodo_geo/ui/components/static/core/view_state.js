// What this page looks at, as texts by their name in the address: filters and page options.
//
// A change is shown at once and sent whole; until the server has received the newest one its
// answers are behind what is on the screen and must not undo it. Pictures look up their new
// colours first: the page is asked for when they have, so that nothing holds the map up.

let view = {};
let newest = 0;
const followers = new Map(); // and when each of them is gone
const PATIENCE_MS = 150;

/**
 * Call `follower` now and whenever the view changes, until `isGone()`. It may return a promise:
 * changes are sent when it is settled.
 */
export function follow(follower, isGone) {
  followers.set(follower, isGone);
  follower();
}

function notifyFollowers() {
  for (const [follower, isGone] of followers) if (isGone()) followers.delete(follower);
  return Promise.all([...followers.keys()].map((follower) => follower()));
}

/** Return the view. */
export function current() {
  return view;
}

/** Return what the view has under a key; empty for the default. */
export function valuesOf(key) {
  return view[key] || [];
}

/**
 * Take over the server's view; false where it does not know of the newest change yet.
 * `received` is the newest change it knows of, 0 in a session that is new to it (a restart):
 * then the server is right.
 */
export function adopt(serverView, received) {
  if (received && received < newest) return false;
  view = serverView;
  notifyFollowers();
  return true;
}

/** Write the view, or the part of it in `keys`, as a query string. */
export function query(keys = Object.keys(view)) {
  return new URLSearchParams(keys.flatMap((key) => valuesOf(key).map((text) => [key, text])));
}

/** Change the view and have it sent, by `send`, once the followers have what they need for it. */
export function change(changes, send) {
  view = { ...view, ...changes };
  newest = Math.max(newest + 1, Date.now());
  const n = newest;
  const patience = new Promise((done) => {
    setTimeout(done, PATIENCE_MS);
  });
  // Of clicks in quick succession the last one sends all.
  Promise.race([notifyFollowers(), patience]).then(() => n === newest && send("said", { n, view }));
}
