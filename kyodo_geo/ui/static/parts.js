// The parts of a page: a list of {kind, …} from the server becomes a document.
//
// A part that has not changed is left alone; one that knows how to follow a change is told of
// it; any other is drawn anew. `context.change({name: [texts]})` changes the view.

import { TEXTS } from "./card.js";
import { filters, options } from "./controls.js";
import { files } from "./files.js";
import { picture, smallMaps } from "./pictures.js";
import { placeTable, rowTable } from "./table.js";
import { adopt, change } from "./view.js";

const KINDS = { ...TEXTS, filters, options, files, picture, smallMaps, placeTable, rowTable };
const editions = {};
const drawn = new WeakMap();

// What stays the same for an edition comes once: shapes, places, terms, what can be chosen.
// The first parts of a page name it, the others wait for them.
let tellEdition;
let edition = new Promise((resolve) => (tellEdition = resolve));

function loaded(address) {
  if (!address) return edition;
  editions[address] ||= import(new URL(address, document.baseURI)).then(() => window.KYODO_EDITION);
  edition = editions[address];
  tellEdition(edition);
  return edition;
}

function drawPart(part, context) {
  const made = KINDS[part.kind](part, context);
  return made.node ? made : { node: made };
}

function refreshed(known, part, context) {
  const text = JSON.stringify(part);
  if (known?.text === text && !known.update) return known;
  if (known?.kind === part.kind && known.update) {
    if (known.text !== text || part.kind === "filters" || part.kind === "options") known.update(part);
    return { ...known, text };
  }
  return { ...drawPart(part, context), kind: part.kind, text };
}

// Drawing anew takes the focus away: give it back to the same district.
function keepingFocus(root, work) {
  const focused = root.contains(document.activeElement) ? document.activeElement : null;
  const district = focused?.closest("[data-district],[data-row]");
  work();
  if (!focused || root.contains(focused) || !district) return;
  const { district: id, row } = district.dataset;
  const again = root.querySelector(id ? `button[data-district="${id}"]` : `[data-row="${row}"] button`);
  again?.focus({ preventScroll: true });
}

export default async function draw({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector("div");
  root.className = "kg-root";
  root.wanted = data;
  const { edition: address, parts, view, heard } = JSON.parse(new TextDecoder().decode(data));
  const known = await loaded(address);
  if (root.wanted !== data) return; // a newer list came while this one waited
  const isCurrent = view ? adopt(view, heard) : true;
  const state = drawn.get(root) || { members: [] };
  drawn.set(root, state);
  state.tell = setTriggerValue;
  const context = {
    edition: known,
    change: (changes) => change(changes, state.tell),
    drawn: (part) => drawPart(part, context).node,
  };
  const members = parts.map((part, n) => {
    const isBehind = !isCurrent && ["filters", "options"].includes(part.kind);
    const known = state.members[n];
    return isBehind && known?.kind === part.kind ? known : refreshed(known, part, context);
  });
  keepingFocus(root, () => {
    const nodes = members.map((member) => member.node);
    if (nodes.length !== root.childNodes.length || nodes.some((node, n) => root.childNodes[n] !== node)) {
      nodes.forEach((node, n) => {
        if (root.childNodes[n] !== node) root.insertBefore(node, root.childNodes[n] || null);
      });
      while (root.childNodes.length > nodes.length) root.lastChild.remove();
    }
  });
  state.members = members;
}
