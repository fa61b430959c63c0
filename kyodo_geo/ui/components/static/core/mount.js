// The parts of a page: a list of {kind, …} from the server becomes a document. Each kind is
// drawn by the function of its name (drawers.js); ui/components/parts.py has the fields that it
// reads.
//
// A part that has not changed is left alone. A function that gives more than a node is given
// that again when its part changes, and may go on from there. `context.change({name: [texts]})`
// changes the view, `context.drawn(content)` draws what a part holds.

import { keepingFocus, setChildren } from "./dom.js";
import * as drawers from "./drawers.js";
import "./history.js";
import "./streamlit_a11y.js";
import { adopt, change } from "./view_state.js";

const FOLLOW_THE_VIEW = ["filters", "options"];
const editions = {};

// What stays the same for an edition comes once: shapes, places, terms, what can be chosen.
function loaded(name) {
  editions[name] ||= import(`../../../edition/${name}.js`).then(() => window.KYODO_EDITION);
  return editions[name];
}

function drawPart(part, context, known) {
  const result = drawers[part.kind](part, context, known);
  return result?.node ? result : { node: result };
}

function refreshed(known, part, context, isCurrent) {
  // Another edition may have other names for the same figures.
  const sent = JSON.stringify([context.name, part]);
  const before = known?.kind === part.kind ? known : undefined;
  const isKept = FOLLOW_THE_VIEW.includes(part.kind) ? before && !isCurrent : before?.sent === sent;
  return isKept ? before : { ...drawPart(part, context, before), kind: part.kind, sent };
}

/** Draw the parts that the server sent as `data`, or change what is drawn of them. */
export default async function draw({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector("div");
  root.className = "kg-root";
  root.kyodo ||= { members: [] };
  const state = Object.assign(root.kyodo, { wanted: data, tell: setTriggerValue });
  const { edition: name, parts, view, heard } = JSON.parse(new TextDecoder().decode(data));
  const edition = await loaded(name);
  if (state.wanted !== data) return; // a newer list came while this one waited
  const isCurrent = !view || adopt(view, heard);
  const context = {
    name,
    edition,
    change: (changes) => change(changes, state.tell),
    drawn: (content) =>
      [content].flat().map((one) => (typeof one === "string" ? one : drawPart(one, context).node)),
  };
  const members = parts.map((part, n) => refreshed(state.members[n], part, context, isCurrent));
  keepingFocus(root, () => setChildren(root, members.map(({ node }) => node)));
  state.members = members;
}
