// What this page looks at, as texts by their name in the address: filters and page options.
//
// A change is shown at once and sent whole; until the server has received the newest one its
// answers are behind what is on the screen and must not undo it. Pictures look up their new
// colours first: the page is asked for when they have, so that nothing holds the map up.

let view = {};
let newest = 0;
const followers = new Set();
const PATIENCE_MS = 150;

// Call `follower` now and whenever the view changes, until `isGone()`. It may return a promise.
export function follow(follower, isGone) {
  followers.add({ follower, isGone });
  follower();
}

function notifyFollowers() {
  for (const one of followers) if (one.isGone()) followers.delete(one);
  return Promise.all([...followers].map(({ follower }) => follower()));
}

export function current() {
  return view;
}

// Take over the server's view; false where it does not know of the newest change yet.
// `received` is the newest change it knows of, 0 in a session that is new to it (a restart):
// then the server is right.
export function adopt(serverView, received) {
  if (received && received < newest) return false;
  view = serverView;
  notifyFollowers();
  return true;
}

// The view, or the part of it in `keys`, as it stands in an address.
export function query(keys = Object.keys(view)) {
  return new URLSearchParams(keys.flatMap((key) => (view[key] || []).map((text) => [key, text])));
}

// Change the view and have it sent, by `send`, once the followers have what they need for it.
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
