/** Deciding about one item of the review queue: accept it, put it right, or refuse it. */
import { useEffect, useRef, useState } from "preact/hooks";
import { html } from "../html.js";
import { KIND } from "../words.js";

/** @typedef {import("../api.js").Schemas} Schemas */
/** @typedef {(what: "accept" | "mend" | "refuse", body: Record<string, unknown>) => Promise<import("../api.js").Problem | null>} Decide */

const FIELDS = [
  { name: "deadline", label: "Deadline", hint: "YYYY-MM-DD, rolling, or unknown" },
  { name: "kind", label: "Kind" },
  { name: "title", label: "Title" },
  { name: "organisation", label: "Organisation" },
  { name: "opens", label: "Opens", hint: "YYYY-MM-DD, or unknown" },
  { name: "starts", label: "Starts", hint: "YYYY-MM-DD, or unknown" },
  { name: "ends", label: "Ends", hint: "YYYY-MM-DD, or unknown" },
  { name: "outcome", label: "State" },
];
/** @type {Record<string, Record<string, string>>} */
const CHOICES = { kind: KIND, outcome: { open: "Open", closed: "Closed" } };

/** @param {{item: Schemas["ReviewItemView"], decide: Decide, open: "mend" | "refuse" | "", setOpen: (open: "mend" | "refuse" | "") => void}} props */
export function Deciding({ item, decide, open, setOpen }) {
  const title = html`<span class="unseen"> ${item.title}</span>`;
  return html`
    <div class="actions">
      <button type="button" class="primary" onClick=${() => decide("accept", {})}>It is right${title}</button>
      <button type="button" aria-expanded=${open === "mend"} onClick=${() => setOpen(open === "mend" ? "" : "mend")}>Put it right…${title}</button>
      <button type="button" aria-expanded=${open === "refuse"} onClick=${() => setOpen(open === "refuse" ? "" : "refuse")}>Refuse…${title}</button>
      <a class="out" href=${item.url} target="_blank" rel="noopener noreferrer nofollow">${item.host}<span class="unseen"> (opens in a new tab)</span></a>
    </div>
    ${open === "mend" && html`<${Mend} item=${item} decide=${decide} close=${() => setOpen("")} />`}
    ${open === "refuse" && html`<${Refuse} item=${item} decide=${decide} close=${() => setOpen("")} />`}
  `;
}

/**
 * A form within a row: its first field takes the focus, Escape closes it.
 *
 * @param {{label: string, submit: (given: FormData) => void, close: () => void, children?: unknown}} props
 */
function Within({ label, submit, close, children }) {
  const form = useRef(/** @type {HTMLFormElement | null} */ (null));
  useEffect(() => form.current?.querySelector("input")?.focus(), []);
  const onSubmit = (/** @type {Event} */ event) => (event.preventDefault(), submit(new FormData(/** @type {HTMLFormElement} */ (event.target))));
  const onKeyDown = (/** @type {KeyboardEvent} */ event) => event.key === "Escape" && close();
  return html`<form ref=${form} class="within" aria-label=${label} onSubmit=${onSubmit} onKeyDown=${onKeyDown}>${children}</form>`;
}

/** @param {{item: Schemas["ReviewItemView"], decide: Decide, close: () => void}} props */
function Mend({ item, decide, close }) {
  const [problem, setProblem] = useState(/** @type {import("../api.js").Problem | null} */ (null));
  /** @param {string} name */
  const before = (name) => item.mends[name] ?? item.values[name] ?? "";
  /** @param {FormData} given */
  const submit = async (given) => {
    const values = Object.fromEntries(FIELDS.map(({ name }) => [name, String(given.get(name) ?? "").trim()]).filter(([name, value]) => value && value !== before(name ?? "")));
    if (Object.keys(values).length) setProblem(await decide("mend", { values, why: given.get("why") }));
    else close();
  };
  /** @param {string} name */
  const wrong = (name) => problem?.errors.find(({ pointer }) => pointer === `/values/${name}`)?.detail;
  return html`<${Within} label="Put it right" submit=${submit} close=${close}>
    <div class="fields">
      ${FIELDS.map(({ name, label, hint }) => {
        const choices = CHOICES[name];
        const says = wrong(name);
        return html`<label key=${name} class=${name === "title" ? "wide" : ""}>${label}${hint && html` <span class="quiet small">${hint}</span>`}
          ${choices
            ? html`<select name=${name}>${Object.entries(choices).map(([value, words]) => html`<option key=${value} value=${value} selected=${value === before(name)}>${words}</option>`)}</select>`
            : html`<input type="text" name=${name} defaultValue=${before(name)} maxlength="500" autocomplete="off" aria-invalid=${says ? "true" : undefined} />`}
          ${says && html`<span class="wrong" role="alert">${says}</span>`}
        </label>`;
      })}
      <label class="wide">How you know <span class="quiet small">shown with the value</span><input type="text" name="why" maxlength="500" autocomplete="off" /></label>
    </div>
    ${problem && !problem.errors.length && html`<p class="notice bad" role="alert">${problem.message}</p>`}
    <div class="actions"><button class="primary">Save what is changed</button><button type="button" class="plain" onClick=${close}>Cancel</button></div>
  <//>`;
}

/** @param {{item: Schemas["ReviewItemView"], decide: Decide, close: () => void}} props */
function Refuse({ item, decide, close }) {
  const [problem, setProblem] = useState(/** @type {import("../api.js").Problem | null} */ (null));
  return html`<${Within} label=${`Refuse ${item.title}`} submit=${async (/** @type {FormData} */ given) => setProblem(await decide("refuse", { why: given.get("why") }))} close=${close}>
    <label>Why <span class="quiet small">for whoever asks later</span><input type="text" name="why" maxlength="500" autocomplete="off" /></label>
    ${problem && html`<p class="notice bad" role="alert">${problem.message}</p>`}
    <div class="actions"><button class="primary">Refuse</button><button type="button" class="plain" onClick=${close}>Cancel</button></div>
  <//>`;
}
