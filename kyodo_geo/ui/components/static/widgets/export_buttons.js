// Files of the filtered view.

import { el, liveRegion } from "../core/dom.js";
import { fetched, filterKeys, printing, save, workButtons } from "../core/downloads.js";

/** Draw a button per format of the edition's files. */
export function files({}, { edition }) {
  const message = liveRegion("p.kg-answer");
  const keys = filterKeys(edition);
  const check = async () => (await fetched("cp932", keys)).text();
  const tasks = edition.files.map(({ id, label }) => [label, id, () => save(`export/${id}`, keys)]);
  const buttons = workButtons(message, [...tasks, ["Shift_JISで変わる文字を調べる", "check", check]]);
  return el(
    "section.kg-files",
    { "aria-label": "ファイルにする" },
    el("h2.kg-section", "ファイルにする"),
    el("div.kg-buttons", buttons),
    message,
    el("p.kg-note", edition.files_note),
  );
}

/** Draw a button for a file under the filters of the view; the page's own `options` go along. */
export function fileButton({ label, name, address, options, without }, { edition }) {
  return printing(label, name, address, [...filterKeys(edition, without), ...options]);
}
