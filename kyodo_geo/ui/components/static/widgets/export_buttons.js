// Files of the filtered view: made at the click, with a sentence where that fails.

import { element } from "../core/dom.js";
import { query } from "../core/view_state.js";

export function filterKeys(edition, without = []) {
  return edition.filters
    .flatMap((choiceGroup) => choiceGroup.choices.map((choice) => choice.key))
    .filter((key) => !without.includes(key));
}

export async function fetched(name, keys) {
  const answer = await fetch(new URL(`kyodo/${name}?${query(keys)}`, document.baseURI));
  if (!answer.ok) throw new Error(await answer.text());
  return answer;
}

function nameIn(answer) {
  const found = /filename\*=utf-8''([^;]+)/i.exec(answer.headers.get("Content-Disposition") || "");
  return found ? decodeURIComponent(found[1]) : "kyodo";
}

export async function save(answer) {
  const address = URL.createObjectURL(await answer.blob());
  element("a", { href: address, download: nameIn(answer) }).click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

// While a file is made its button says so and the others wait.
export async function withProgress(box, button, say, work) {
  const label = button.textContent;
  const buttons = [...box.querySelectorAll("button")];
  buttons.forEach((one) => (one.disabled = true));
  button.textContent = "作っています…";
  say("");
  try {
    await work();
  } catch (error) {
    say(error instanceof TypeError ? "サーバーにつながりません。しばらくしてからもう一度押してください。" : error.message);
  } finally {
    button.textContent = label;
    buttons.forEach((one) => (one.disabled = false));
    button.focus({ preventScroll: true });
  }
}

export function files({}, { edition }) {
  const message = element("p", { class: "kg-answer", role: "status", "aria-live": "polite" });
  const say = (text) => (message.textContent = text);
  const box = element("div", { class: "kg-buttons" });
  const add = (label, id, work) => {
    const button = element("button", { type: "button", class: "kg-button", "data-file": id }, label);
    button.addEventListener("click", () => withProgress(box, button, say, work));
    box.append(button);
  };
  for (const { id, label } of edition.files) {
    add(label, id, async () => save(await fetched(`export/${id}`, filterKeys(edition))));
  }
  add("Shift_JISで変わる文字を調べる", "check", async () => {
    const answer = await fetched("cp932", filterKeys(edition));
    say(await answer.text());
  });
  return element(
    "section",
    { class: "kg-files", "aria-label": "ファイルにする" },
    element("h2", { class: "kg-section" }, "ファイルにする"),
    box,
    message,
    element("p", { class: "kg-note" }, edition.files_note),
  );
}

// A button that makes a file of what `keys` of the view say.
export function printing(label, id, address, keys) {
  const message = element("span", { class: "kg-answer", role: "status", "aria-live": "polite" });
  const button = element("button", { type: "button", class: "kg-button", "data-file": id }, label);
  const box = element("div", { class: "kg-buttons" }, button, message);
  const make = async () => save(await fetched(address, keys));
  const say = (text) => (message.textContent = text);
  button.addEventListener("click", () => withProgress(box, button, say, make));
  return box;
}

// A file under the filters of the view; the page's own `options` go along.
export function fileButton({ label, name, address, options, without }, { edition }) {
  return printing(label, name, address, [...filterKeys(edition, without), ...options]);
}
