// The addresses of the API with the filters of the view, to be copied and put into other programs.

import { copyText } from "../core/clipboard.js";
import { element } from "../core/dom.js";
import { filterKeys } from "../widgets/export_buttons.js";
import { follow, query } from "../core/view_state.js";

const SAID_MS = 2500;

// Whole, as another program needs it.
function addressOf(path, keys) {
  const filters = String(query(keys));
  return String(new URL(`api/v1/${path}${filters ? `?${filters}` : ""}`, document.baseURI));
}

function copying(label, textOf) {
  const idle = "コピー";
  const attributes = { type: "button", class: "kg-button", "aria-label": `${label}をコピー` };
  const button = element("button", attributes, idle);
  const said = element("span", { class: "kg-unseen", role: "status" });
  button.addEventListener("click", async () => {
    const text = (await copyText(textOf())) ? "コピーしました" : "コピーできません";
    said.textContent = text;
    button.textContent = text;
    setTimeout(() => {
      said.textContent = "";
      button.textContent = idle;
    }, SAID_MS);
    button.focus({ preventScroll: true });
  });
  return element("span", {}, button, said);
}

function rowOf(addressRow, keys) {
  const link = element("a", { class: "kg-address", target: "_blank", rel: "noopener" });
  const cell = element("td", {}, link);
  const line = element(
    "tr",
    {},
    element("th", { scope: "row" }, addressRow.label),
    cell,
    element("td", {}, copying(`${addressRow.label}のアドレス`, () => link.href)),
  );
  const look = () => {
    link.textContent = addressOf(addressRow.path, addressRow.isFiltered ? keys : []);
    link.href = link.textContent;
  };
  follow(look, () => !line.isConnected);
  return line;
}

// One row an address: [what it is, the address, copy].
export function addresses({ caption, rows }, { edition }) {
  const keys = filterKeys(edition);
  const heads = ["内容", "アドレス", "コピー"].map((text) => element("th", { scope: "col" }, text));
  const table = element(
    "table",
    { class: "kg-table kg-addresses" },
    element("caption", {}, caption),
    element("thead", {}, element("tr", {}, ...heads)),
    element("tbody", {}, ...rows.map((row) => rowOf(row, keys))),
  );
  return element("div", { class: "kg-scroll", tabindex: "0", role: "region", "aria-label": caption }, table);
}

// Text for another program, in which {{path}} stands for the address of the view.
export function code({ label, text }, { edition }) {
  const keys = filterKeys(edition);
  const shown = element("code", {});
  const node = element(
    "div",
    { class: "kg-code" },
    element("pre", { tabindex: "0", role: "region", "aria-label": label }, shown),
    copying(label, () => shown.textContent),
  );
  const look = () => {
    shown.textContent = text.replaceAll(/\{\{(.+?)\}\}/g, (_, path) => addressOf(path, keys));
  };
  follow(look, () => !node.isConnected);
  return node;
}
