// Onto the clipboard. navigator.clipboard exists only on https and localhost; offices use plain
// http, where a text can be copied in an older way, and a picture cannot.

import { element } from "./dom.js";

export async function copyText(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const area = element("textarea", { style: "position:fixed;opacity:0" }, text);
    document.body.append(area);
    area.select();
    const done = document.execCommand("copy");
    area.remove();
    return done;
  }
}

// `made` is a promise of the picture: Safari wants to be asked before it is there.
export async function copyPicture(made) {
  if (!window.ClipboardItem || !navigator.clipboard?.write) {
    throw new Error("この接続では画像をコピーできません。「画像として保存」を使ってください。");
  }
  await navigator.clipboard.write([new ClipboardItem({ "image/png": made })]);
}
