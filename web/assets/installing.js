/** Asks the browser to keep the page's shell. Without it the page works as well, only not without a connection. */

/** The one script that may be installed; Trusted Types let no other address through. */
const WORKER = "/sw.js";

/** @returns {unknown} the worker's address as the content security policy wants it */
function trusted() {
  const types = /** @type {any} */ (globalThis).trustedTypes;
  if (!types) return WORKER;
  const policy = types.createPolicy("opportune", {
    createScriptURL(/** @type {string} */ address) {
      if (address !== WORKER) throw new TypeError(address);
      return address;
    },
  });
  return policy.createScriptURL(WORKER);
}

/** Once, when somebody is signed in; a browser that refuses is left alone. */
export function keepShell() {
  if (!("serviceWorker" in navigator) || navigator.serviceWorker.controller) return;
  navigator.serviceWorker.register(/** @type {string} */ (trusted())).catch(() => null);
}
