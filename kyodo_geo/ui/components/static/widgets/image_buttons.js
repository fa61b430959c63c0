// A picture to be kept or passed on: its link, its image, what embeds it in another page; and
// the line below a picture that is embedded.

import { copyPicture, copyText } from "../core/clipboard.js";
import { element } from "../core/dom.js";
import { fetched, save, withProgress } from "./export_buttons.js";
import { query } from "../core/view_state.js";

const NOTE = "画像は、いまの絞り込みのものです。題名・条件・凡例・出典・版・ライセンス（CC BY 4.0）が入ります。";
const NOTE_EMBEDDED = "埋め込みは、開くたびに最新の版を示します。";
const NOTE_FRAME = "ほかのサイトに埋め込むには、サーバーの設定が要ります。";

function address(path, isEmbedded = false) {
  const view = query();
  if (isEmbedded) view.set("embed", "true");
  return String(new URL(`${path}?${view}`, document.baseURI));
}

// What has no frame of its own is embedded as its image, which leads to its page.
function embedding(name, { page, title, height }) {
  if (height) {
    const attributes = { src: address(page, true), title, width: "100%", height, loading: "lazy" };
    return element("iframe", attributes).outerHTML;
  }
  const alt = `${title}（数値は、リンク先のページにあります）`;
  const image = element("img", { src: address(`kyodo/image/${name}.svg`), alt, style: "max-width: 100%" });
  return element("a", { href: address(page) }, image).outerHTML;
}

async function copied(text) {
  if (!(await copyText(text))) throw new Error("コピーできません。");
}

// `image` names one of the pictures of the edition's script; one with a height has a frame.
export function imageButtons({ image: name }, { edition }) {
  const card = edition.pictures[name];
  const { page, shows, height } = card;
  const message = element("p", { class: "kg-answer", role: "status", "aria-live": "polite" });
  const say = (text) => (message.textContent = text);
  const box = element("div", { class: "kg-buttons" });
  const add = (label, id, work, done) => {
    const button = element("button", { type: "button", class: "kg-button", "data-file": id }, label);
    button.addEventListener("click", () => withProgress(box, button, say, async () => {
      await work();
      say(done);
    }));
    box.append(button);
  };
  const image = (kind) => fetched(`image/${name}.${kind}`);
  add("この図のリンクをコピー", "link", () => copied(address(page)), "リンクをコピーしました。");
  add("画像として保存（PNG）", "png", async () => save(await image("png")), "保存しました。");
  add("画像として保存（SVG）", "svg", async () => save(await image("svg")), "保存しました。");
  add("画像をコピー", "copy", () => copyPicture(image("png").then((answer) => answer.blob())), "画像をコピーしました。");
  add("埋め込みコードをコピー", "embed", () => copied(embedding(name, card)), "埋め込みコードをコピーしました。");
  return element(
    "details",
    { class: "kg-folded kg-keeping", "data-picture": name },
    element("summary", {}, `この図を使う: ${shows}`),
    box,
    message,
    element("p", { class: "kg-note" }, NOTE + NOTE_EMBEDDED + (height ? NOTE_FRAME : "")),
  );
}

// Below an embedded picture. The address is read at the click: the view may have changed.
export function source({ page, text }) {
  const link = element("a", { href: address(page), target: "_blank", rel: "noopener" }, "絞り込みや表のあるページを開く");
  link.addEventListener("click", () => (link.href = address(page)));
  return element("footer", { class: "kg-foot" }, element("p", {}, text), link);
}
