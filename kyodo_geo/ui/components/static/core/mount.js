// The parts of a page: a list of {kind, …} from the server becomes a document.
//
// A part that has not changed is left alone; one that knows how to follow a change is told of
// it; any other is drawn anew. `context.change({name: [texts]})` changes the view.

import { ADDRESSES } from "../pages/api.js";
import { TEXTS } from "../widgets/prose.js";
import { CHARTS } from "../widgets/chart.js";
import { CASES } from "../pages/cases.js";
import { filters, options } from "../widgets/filter_bar.js";
import { keepingFocus } from "./dom.js";
import { files, sheet, tableFile } from "../widgets/export_buttons.js";
import "./streamlit_a11y.js";
import { GUIDE } from "../pages/guide.js";
import { GUIDELINE } from "../pages/promotion.js";
import { KEEPING } from "../widgets/image_buttons.js";
import { outlines } from "../widgets/boundary_overlay.js";
import { picture, smallMaps } from "../widgets/map_panel.js";
import { PROFILE } from "../pages/district.js";
import { REVIEW } from "../pages/review.js";
import "./history.js";
import { placeTable, rowTable } from "../widgets/table.js";
import { adopt, change } from "./view_state.js";

const KINDS = { ...TEXTS, ...ADDRESSES, ...PROFILE, ...CASES, ...CHARTS, ...GUIDE, ...GUIDELINE, ...REVIEW, ...KEEPING, filters, options, files, sheet, tableFile, outlines, picture, smallMaps, placeTable, rowTable };
const editions = {};
const drawn = new WeakMap();

// What stays the same for an edition comes once: shapes, places, terms, what can be chosen.
function loaded(name) {
  editions[name] ||= import(`../../edition/${name}.js`).then(() => window.KYODO_EDITION);
  return editions[name];
}

function drawPart(part, context) {
  const made = KINDS[part.kind](part, context);
  return made.node ? made : { node: made };
}

function refreshed(known, part, context) {
  // Another edition may have other names for the same figures.
  const text = JSON.stringify([context.name, part]);
  if (known?.text === text && !known.update) return known;
  if (known?.kind === part.kind && known.update) {
    if (known.text !== text || part.kind === "filters" || part.kind === "options") known.update(part);
    return { ...known, text };
  }
  return { ...drawPart(part, context), kind: part.kind, text };
}

export default async function draw({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector("div");
  root.className = "kg-root";
  root.wanted = data;
  const { edition: name, parts, view, heard } = JSON.parse(new TextDecoder().decode(data));
  const edition = await loaded(name);
  if (root.wanted !== data) return; // a newer list came while this one waited
  const isCurrent = view ? adopt(view, heard) : true;
  const state = drawn.get(root) || { members: [] };
  drawn.set(root, state);
  state.tell = setTriggerValue;
  const context = {
    name,
    edition,
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
