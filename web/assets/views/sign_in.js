/** Signing in: by password, or through the organisation where one is set up. Deep links survive both. */
import { useEffect, useState } from "preact/hooks";
import { go, here } from "../address.js";
import { call } from "../api.js";
import { html } from "../html.js";
import { Door } from "../parts/door.js";
import { hasWords, named, t } from "../words.js";

/** @typedef {import("../api.js").Schemas} Schemas */

const REFUSED = "sign-in-refused";
/** Kept while the organisation's own page is open, which brings the browser back to `/`. */
const WANTED = "opportune:wanted";

/** @param {{onSignedIn: () => void, ended: boolean}} props  `ended`: somebody was signed in until now, and did not leave */
export function SignIn({ onSignedIn, ended }) {
  const [refused] = useState(takeRefusal);
  const [methods, setMethods] = useState(/** @type {Schemas["SignInMethods"] | null} */ (null));
  useEffect(() => {
    call("GET", "/sign-in/methods").then(setMethods, () => null); // the password's way is there in any case
  }, []);
  /** @param {FormData} given */
  const submit = (given) => call("POST", "/sign-in", { body: Object.fromEntries(/** @type {any} */ (given).entries()) }).then(onSignedIn);
  return html`<${Door} title=${t("door.sign_in")} button=${t("door.sign_in")} fields=${["email", "password"]} refused=${refused} submit=${submit}
    beside=${methods?.openid && html`<p class="or"><span>${t("door.or")}</span></p><a class="button" href=${methods.openid.start} onClick=${keepWanted}>${t("door.through", { name: methods.openid.name })}</a>`}>
    ${ended && html`<p class="notice mind" role="status">${t("door.ended")}</p>`}<//>`;
}

/** Why the organisation's sign-in did not let somebody in, in words, once: the address is then as if it had not been. */
function takeRefusal() {
  const address = here();
  const why = address.searchParams.get(REFUSED);
  if (!why) return "";
  address.searchParams.delete(REFUSED);
  history.replaceState(history.state, "", address.pathname + address.search);
  return hasWords(`refused.${why}`) ? named("refused", why) : t("refused.provider");
}

const keepWanted = () => sessionStorage.setItem(WANTED, here().pathname + here().search);

/** Go where somebody wanted to before they went to the organisation's sign-in. */
export function goWhereWanted() {
  const wanted = sessionStorage.getItem(WANTED);
  sessionStorage.removeItem(WANTED);
  if (wanted && here().pathname === "/") go(wanted, { replace: true });
}
