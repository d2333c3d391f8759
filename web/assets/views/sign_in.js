/** Signing in, and choosing a password through an invitation or reset link. Deep links survive it. */
import { useEffect, useState } from "preact/hooks";
import { go, here } from "../address.js";
import { call } from "../api.js";
import { html } from "../html.js";
import { asProblem } from "../loading.js";
import { Failed } from "../parts/states.js";

/** @param {{onSignedIn: () => void}} props */
export function SignIn({ onSignedIn }) {
  return html`<${Door} title="Sign in" button="Sign in" fields=${["email", "password"]}
    submit=${(/** @type {Record<string, string>} */ given) => call("POST", "/sign-in", { body: given }).then(onSignedIn)} />`;
}

export function Invitation() {
  // The token is in the fragment, which browsers send to nobody; it leaves the address bar at once.
  const [token] = useState(() => here().hash.slice(1));
  useEffect(() => history.replaceState(null, "", "/invitation"), []);
  return html`<${Door} title="Choose a password" button="Save and sign in" fields=${["name", "password"]}
    submit=${(/** @type {Record<string, string>} */ given) =>
      call("POST", "/invitations/accept", { body: { token, password: given.password, ...(given.name ? { name: given.name } : {}) } }).then(() => go("/"))} />`;
}

/** @type {Record<string, Record<string, string>>} */
const FIELDS = {
  email: { label: "E-mail", type: "email", autocomplete: "username" },
  name: { label: "Your name, as mentees know you (optional)", type: "text", autocomplete: "name" },
  password: { label: "Password", type: "password", autocomplete: "current-password" },
};

/** @param {{title: string, button: string, fields: string[], submit: (given: Record<string, string>) => Promise<unknown>}} props */
function Door({ title, button, fields, submit }) {
  const [problem, setProblem] = useState(/** @type {import("../api.js").Problem | null} */ (null));
  const [busy, setBusy] = useState(false);
  useEffect(() => {
    document.title = `${title} · Opportune`;
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
      <p class="quiet">The right call, to the right mentee, in time.</p>
      ${problem && html`<${Failed} problem=${problem} />`}
      ${fields.map((name) => {
        const { label, ...attributes } = FIELDS[name] ?? {};
        return html`<label key=${name}>${label} <input name=${name} ...${attributes} required=${name !== "name"} /></label>`;
      })}
      <button class="primary" disabled=${busy}>${button}</button>
      <p class="small"><a href="/coverage">What is covered, and how well</a></p>
    </form>
  </main>`;
}
