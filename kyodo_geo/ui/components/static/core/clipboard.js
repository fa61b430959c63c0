// Onto the clipboard. navigator.clipboard exists only on https and localhost; offices use plain
// http, where a text can be copied in an older way, and a picture cannot.

import { el, pushButton } from "./dom.js";

const SAID_MS = 2500;

/** Copy a text; resolves to whether that succeeded. */
export async function copyText(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const area = el("textarea", { style: "position:fixed;opacity:0" }, text);
    document.body.append(area);
    area.select();
    const done = document.execCommand("copy");
    area.remove();
    return done;
  }
}

/** Create a button that copies `textOf()` and shows the result for a moment, also in `status`. */
export function copyButton(label, textOf, attributes, status = el("span")) {
  const say = (words, outcome) => {
    button.textContent = words;
    status.textContent = outcome;
  };
  const copy = async () => {
    const outcome = (await copyText(textOf())) ? "コピーしました" : "コピーできません";
    say(outcome, outcome);
    setTimeout(say, SAID_MS, label, "");
    // The older way of copying takes the focus along.
    button.focus({ preventScroll: true });
  };
  const button = pushButton(label, copy, attributes);
  return button;
}

/** Copy a picture; `made` is its promise, as Safari wants to be asked before it is there. */
export async function copyPicture(made) {
  if (!window.ClipboardItem || !navigator.clipboard?.write) {
    throw new Error("この接続では画像をコピーできません。「画像として保存」を使ってください。");
  }
  await navigator.clipboard.write([new ClipboardItem({ "image/png": made })]);
}
