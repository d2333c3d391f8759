/** Signing in, and choosing a password through an invitation or reset link. Deep links survive it. */
import { useEffect, useState } from "preact/hooks";
import { go, here } from "../address.js";
import { call } from "../api.js";
import { html } from "../html.js";
import { asProblem } from "../loading.js";
import { t } from "../words.js";

/** @typedef {import("../words.js").Key} Key */

/** @param {{onSignedIn: () => void}} props */
export function SignIn({ onSignedIn }) {
  return html`<${Door} title=${t("door.sign_in")} button=${t("door.sign_in")} fields=${["email", "password"]}
    submit=${(/** @type {Record<string, string>} */ given) => call("POST", "/sign-in", { body: given }).then(onSignedIn)} />`;
}

export function Invitation() {
  // The token is in the fragment, which browsers send to nobody; it leaves the address bar at once.
  const [token] = useState(() => here().hash.slice(1));
  useEffect(() => history.replaceState(null, "", "/invitation"), []);
  return html`<${Door} title=${t("door.choose_password")} button=${t("door.save")} fields=${["name", "password"]}
    submit=${(/** @type {Record<string, string>} */ given) =>
      call("POST", "/invitations/accept", { body: { token, password: given.password, ...(given.name ? { name: given.name } : {}) } }).then(() => go("/"))} />`;
}

/** @type {Record<string, {label: Key, type: string, autocomplete: string}>} */
const FIELDS = {
  email: { label: "door.email", type: "email", autocomplete: "username" },
  name: { label: "door.name", type: "text", autocomplete: "name" },
  password: { label: "door.password", type: "password", autocomplete: "current-password" },
};

/** @param {{title: string, button: string, fields: string[], submit: (given: Record<string, string>) => Promise<unknown>}} props */
function Door({ title, button, fields, submit }) {
  const [problem, setProblem] = useState(/** @type {import("../api.js").Problem | null} */ (null));
  const [busy, setBusy] = useState(false);
  useEffect(() => {
    document.title = t("page.title", { title });
  }, [title]);
  /** @param {SubmitEvent} event */
  const onSubmit = (event) => {
    event.preventDefault();
    const given = Object.fromEntries(/** @type {any} */ (new FormData(/** @type {HTMLFormElement} */ (event.target))).entries());
    setBusy(true);
    setProblem(null);
    submit(given).catch((error) => {
      setProblem(asProblem(error));
      setBusy(false);
    });
  };
  return html`<main class="door">
    <form onSubmit=${onSubmit}>
      <img src="/assets/icon.svg" alt="" width="48" height="48" />
      <h1>${title}</h1>
      <p class="quiet">${t("door.motto")}</p>
      ${problem && html`<div class="notice bad" role="alert"><strong>${problem.title}</strong><p>${problem.message}</p></div>`}
      ${fields.map((name) => {
        const { label, ...attributes } = FIELDS[name] ?? {};
        return html`<label key=${name}>${label && t(label)} <input name=${name} ...${attributes} required=${name !== "name"} /></label>`;
      })}
      <button class="primary" disabled=${busy}>${button}</button>
      <p class="small"><a href="/coverage">${t("door.coverage")}</a></p>
    </form>
  </main>`;
}
