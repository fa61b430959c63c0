// The parts of a page: a list of {kind, …} from the server becomes a document. Each kind is
// drawn by the function of its name; ui/components/parts.py has the fields that it reads.
//
// A part that has not changed is left alone. A function that gives more than a node is given
// that again when its part changes, and may go on from there. `context.change({name: [texts]})`
// changes the view, `context.drawn(content)` draws what a part holds.

import { addresses, code } from "../pages/api.js";
import { caseHead, cases, handout, pick } from "../pages/cases.js";
import { contents, entries, steps } from "../pages/guide.js";
import { outlines } from "../widgets/boundary_overlay.js";
import {
  bandSlopes, barChart, chartTable, columnChart, scaleLine, shareBar,
} from "../widgets/chart.js";
import { fileButton, files } from "../widgets/export_buttons.js";
import { filters, options } from "../widgets/filter_bar.js";
import { imageButtons, source } from "../widgets/image_buttons.js";
import { locator } from "../widgets/locator_map.js";
import { picture, smallMaps } from "../widgets/map_panel.js";
import {
  box, button, definitions, externalLink, folded, head, link, list, ruby, sentence, term, text,
} from "../widgets/prose.js";
import { placeTable, rowTable } from "../widgets/table.js";
import { keepingFocus } from "./dom.js";
import "./history.js";
import "./streamlit_a11y.js";
import { adopt, change } from "./view_state.js";

const DRAWERS = {
  addresses, bandSlopes, barChart, box, button, caseHead, cases, chartTable, code, columnChart,
  contents, definitions, entries, externalLink, fileButton, files, filters, folded, handout, head,
  imageButtons, link, list, locator, options, outlines, pick, picture, placeTable, rowTable, ruby,
  scaleLine, sentence, shareBar, smallMaps, source, steps, term, text,
};
const FOLLOW_THE_VIEW = ["filters", "options"];
const editions = {};
const drawn = new WeakMap();

// What stays the same for an edition comes once: shapes, places, terms, what can be chosen.
function loaded(name) {
  editions[name] ||= import(`../../../edition/${name}.js`).then(() => window.KYODO_EDITION);
  return editions[name];
}

function drawPart(part, context, known) {
  const result = DRAWERS[part.kind](part, context, known);
  return result?.node ? result : { node: result };
}

function refreshed(known, part, context) {
  // Another edition may have other names for the same figures.
  const sent = JSON.stringify([context.name, part]);
  if (known?.sent === sent && !FOLLOW_THE_VIEW.includes(part.kind)) return known;
  const before = known?.kind === part.kind ? known : undefined;
  return { ...drawPart(part, context, before), kind: part.kind, sent };
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
    drawn: (content) =>
      [content].flat().flatMap((one) => (typeof one === "string" ? one : drawPart(one, context).node)),
  };
  const members = parts.map((part, n) => {
    const isBehind = !isCurrent && FOLLOW_THE_VIEW.includes(part.kind);
    const known = state.members[n];
    return isBehind && known?.kind === part.kind ? known : refreshed(known, part, context);
  });
  keepingFocus(root, () => {
    members.forEach(({ node }, n) => {
      if (root.childNodes[n] !== node) root.insertBefore(node, root.childNodes[n] || null);
    });
    while (root.childNodes.length > members.length) root.lastChild.remove();
  });
  state.members = members;
}
