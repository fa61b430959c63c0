// Scripts of the pages, loaded without a browser.

let loads = 0;

// A module anew, with nothing of the state that another test has left in it.
export function load(name) {
  loads += 1;
  return import(`../../kyodo_geo/ui/components/static/${name}?${loads}`);
}

// Enough of a document for scripts that listen to it as they are loaded.
export const SILENT_DOCUMENT = { addEventListener() {} };

// Until all promises have gone as far as they can.
export function settled() {
  return new Promise((done) => {
    setImmediate(done);
  });
}
