// Files of the filtered view: made at the click, with a sentence where that fails.

import { el, liveRegion, pushButton } from "./dom.js";
import { query } from "./view_state.js";

const IS_OFFLINE = "サーバーにつながりません。しばらくしてからもう一度押してください。";

/** Return the keys of all filters, except those in `without`. */
export function filterKeys(edition, without = []) {
  const choices = edition.filters.flatMap((choiceGroup) => choiceGroup.choices);
  return choices.map((choice) => choice.key).filter((key) => !without.includes(key));
}

/** Fetch what the server makes of `keys` of the view; raises its sentence if it refuses. */
export async function fetched(name, keys) {
  const answer = await fetch(new URL(`kyodo/${name}?${query(keys)}`, document.baseURI));
  if (!answer.ok) throw new Error(await answer.text());
  return answer;
}

function nameIn(answer) {
  const found = /filename\*=utf-8''([^;]+)/i.exec(answer.headers.get("Content-Disposition") || "");
  return found ? decodeURIComponent(found[1]) : "kyodo";
}

/** Fetch a file and save it. */
export async function save(name, keys) {
  const answer = await fetched(name, keys);
  const address = URL.createObjectURL(await answer.blob());
  el("a", { href: address, download: nameIn(answer) }).click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

// While a file is made its button says so and the others wait.
async function withProgress(buttons, button, message, work) {
  const label = button.textContent;
  const setBusy = (isBusy) => buttons.forEach((one) => one.toggleAttribute("disabled", isBusy));
  setBusy(true);
  button.textContent = "作っています…";
  message.textContent = "";
  try {
    message.textContent = (await work()) || "";
  } catch (error) {
    message.textContent = error instanceof TypeError ? IS_OFFLINE : error.message;
  } finally {
    button.textContent = label;
    setBusy(false);
    button.focus({ preventScroll: true });
  }
}

/**
 * Create buttons from [label, id, work]. `work()` runs at the click; what it resolves to, or
 * why it failed, stands in `message`.
 */
export function workButtons(message, tasks) {
  const buttons = tasks.map(([label, id, work]) => {
    const onclick = () => withProgress(buttons, button, message, work);
    const button = pushButton(label, onclick, { "data-file": id });
    return button;
  });
  return buttons;
}

/** Create a button that makes a file of what `keys` of the view say. */
export function printing(label, id, address, keys) {
  const message = liveRegion("span.kg-answer");
  const task = [label, id, () => save(address, keys)];
  return el("div.kg-buttons", workButtons(message, [task]), message);
}
