// What this page looks at, as texts by their name in the address: filters and page options.
//
// A change is shown at once and sent whole; until the server has heard the newest one its
// answers are behind what is on the screen and must not undo it.

let view = {};
let newest = 0;

export function current() {
  return view;
}

// Take over the server's view; false where it does not know of the newest change yet.
// `heard` is 0 in a session that is new to the server (a restart): then the server is right.
export function adopt(serverView, heard) {
  if (heard && heard < newest) return false;
  view = serverView;
  return true;
}

export function change(changes, tell) {
  view = { ...view, ...changes };
  newest = Math.max(newest + 1, Date.now());
  tell("said", { n: newest, view });
}
