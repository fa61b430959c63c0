// A page that finds its server again asks for itself anew.
//
// After a restart, in another process, or after a long sleep the session is a new one that knows
// none of the page's fragments: Streamlit would pass over every click. A run of the whole page
// makes them known; the view comes from the address, what is written in fields from the browser.

import "./streamlit_a11y.js"; // also where a page has come to an error before any of its parts

const STATE = "data-test-connection-state";
let send = null;
let wasLost = false;

function checkConnection(app) {
  const isConnected = app.getAttribute(STATE) === "CONNECTED";
  if (isConnected && wasLost) send("found", Date.now());
  wasLost = !isConnected;
}

export default function watch({ setTriggerValue }) {
  const isFirst = send === null;
  send = setTriggerValue;
  if (!isFirst) return;
  const app = document.querySelector("[data-testid=stApp]");
  new MutationObserver(() => checkConnection(app)).observe(app, { attributeFilter: [STATE] });
}
