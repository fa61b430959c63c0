// The addresses of the API with the filters of the view, to be copied and put into other programs.

import { copyButton } from "../core/clipboard.js";
import { el, tableFrame } from "../core/dom.js";
import { filterKeys } from "../core/downloads.js";
import { follow, query } from "../core/view_state.js";

// Whole, as another program needs it.
function addressOf(path, keys) {
  const filters = String(query(keys));
  return String(new URL(`api/v1/${path}${filters ? `?${filters}` : ""}`, document.baseURI));
}

function copying(label, textOf) {
  const status = el("span.kg-unseen", { role: "status" });
  return el("span", copyButton("コピー", textOf, { "aria-label": `${label}をコピー` }, status), status);
}

function rowOf(addressRow, keys) {
  const { path, label, isFiltered } = addressRow;
  const link = el("a.kg-address", { target: "_blank", rel: "noopener" });
  const copy = copying(`${label}のアドレス`, () => link.href);
  const line = el("tr", el("th", { scope: "row" }, label), el("td", link), el("td", copy));
  const sync = () => {
    link.href = addressOf(path, isFiltered ? keys : []);
    link.textContent = link.href;
  };
  follow(sync, () => !line.isConnected);
  return line;
}

/** Draw a table of addresses with the filters of the view: what it is, the address, copy. */
export function addresses({ caption, rows }, { edition }) {
  const keys = filterKeys(edition);
  const heads = ["内容", "アドレス", "コピー"].map((text) => el("th", { scope: "col" }, text));
  const lines = rows.map((row) => rowOf(row, keys));
  return tableFrame("kg-addresses", caption, heads, el("tbody", lines));
}

/** Draw text for another program, in which {{path}} stands for an address of the API. */
export function code({ label, text }, { edition }) {
  const keys = filterKeys(edition);
  const shown = el("code");
  const frame = el("pre", { tabindex: "0", role: "region", "aria-label": label }, shown);
  const node = el("div.kg-code", frame, copying(label, () => shown.textContent));
  const sync = () => {
    shown.textContent = text.replaceAll(/\{\{(.+?)\}\}/g, (_, path) => addressOf(path, keys));
  };
  follow(sync, () => !node.isConnected);
  return node;
}
