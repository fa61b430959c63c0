// A picture to be kept or passed on: its link, its image, what embeds it in another page; and
// the line below a picture that is embedded.

import { copyPicture, copyText } from "../core/clipboard.js";
import { el, liveRegion } from "../core/dom.js";
import { fetched, save, workButtons } from "../core/downloads.js";
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
    const size = { width: "100%", height, loading: "lazy" };
    return el("iframe", { src: address(page, true), title, ...size }).outerHTML;
  }
  const alt = `${title}（数値は、リンク先のページにあります）`;
  const src = address(`kyodo/image/${name}.svg`);
  const image = el("img", { src, alt, style: "max-width: 100%" });
  return el("a", { href: address(page) }, image).outerHTML;
}

async function copied(text) {
  if (!(await copyText(text))) throw new Error("コピーできません。");
}

/** Draw the buttons of `image`, one of the edition's pictures; one with a height has a frame. */
export function imageButtons({ image: name }, { edition }) {
  const { page, shows, height } = edition.pictures[name];
  const message = liveRegion("p.kg-answer");
  const png = () => fetched(`image/${name}.png`).then((answer) => answer.blob());
  const embed = () => copied(embedding(name, edition.pictures[name]));
  const tasks = [
    ["この図のリンクをコピー", "link", () => copied(address(page)), "リンクをコピーしました。"],
    ["画像として保存（PNG）", "png", () => save(`image/${name}.png`), "保存しました。"],
    ["画像として保存（SVG）", "svg", () => save(`image/${name}.svg`), "保存しました。"],
    ["画像をコピー", "copy", () => copyPicture(png()), "画像をコピーしました。"],
    ["埋め込みコードをコピー", "embed", embed, "埋め込みコードをコピーしました。"],
  ].map(([label, id, work, done]) => [label, id, () => work().then(() => done)]);
  return el(
    "details.kg-folded.kg-keeping",
    { "data-picture": name },
    el("summary", `この図を使う: ${shows}`),
    el("div.kg-buttons", workButtons(message, tasks)),
    message,
    el("p.kg-note", NOTE + NOTE_EMBEDDED + (height ? NOTE_FRAME : "")),
  );
}

/** Draw the foot of an embedded picture; its address is read at the click, as views change. */
export function source({ page, text }) {
  const onclick = () => (link.href = address(page));
  const attributes = { href: address(page), target: "_blank", rel: "noopener", onclick };
  const link = el("a", attributes, "絞り込みや表のあるページを開く");
  return el("footer.kg-foot", el("p", text), link);
}
