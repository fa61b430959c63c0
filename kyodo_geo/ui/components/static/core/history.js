// The back button: what a person does once makes one step, and what nobody did makes none.
//
// Streamlit writes every change of the address as a new step: the page that is opened, and then
// the view that the server adds to it. Back would lead to the page without its view, and to a
// page that only leads on.

const DEEDS = ["pointerdown", "keydown", "click"];
const push = history.pushState.bind(history);
const replace = history.replaceState.bind(history);
let hasActed = false;

function noteDeed() {
  hasActed = true;
}

for (const deed of DEEDS) addEventListener(deed, noteDeed, { capture: true });
// A click on a map happens in its frame, which tells of it.
addEventListener("message", ({ data }) => data?.type === "streamlit:setComponentValue" && noteDeed());
addEventListener("popstate", () => (hasActed = false), { capture: true });

history.pushState = (...step) => {
  (hasActed ? push : replace)(...step);
  hasActed = false;
};
