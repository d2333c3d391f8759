/** Deciding about one item of the review queue: accept it, put it right, or refuse it. */
import { useRef, useState } from "preact/hooks";
import { html } from "../html.js";
import { useFirstField } from "../sending.js";
import { Outward } from "./facts.js";
import { KINDS } from "../vocabulary.js";
import { t } from "../words.js";

/** @typedef {import("../api.js").Schemas} Schemas */
/** @typedef {(what: "accept" | "mend" | "refuse", body: Record<string, unknown>) => Promise<import("../api.js").Problem | null>} Decide */

/** @type {{name: string, label: import("../words.js").Key, hint?: import("../words.js").Key}[]} */
const FIELDS = [
  { name: "deadline", label: "field.deadline", hint: "hint.deadline" },
  { name: "kind", label: "field.kind" },
  { name: "title", label: "field.title" },
  { name: "organisation", label: "field.organisation" },
  { name: "opens", label: "field.opens", hint: "hint.date" },
  { name: "starts", label: "field.starts", hint: "hint.date" },
  { name: "ends", label: "field.ends", hint: "hint.date" },
  { name: "outcome", label: "field.outcome" },
];
const OUTCOMES = /** @type {const} */ (["open", "closed"]);

/** @param {string} name @returns {[string, string][] | undefined} */
function choicesOf(name) {
  if (name === "kind") return KINDS.map((kind) => [kind, t(`kind.${kind}`)]);
  return name === "outcome" ? OUTCOMES.map((outcome) => [outcome, t(`outcome.${outcome}`)]) : undefined;
}

/** @param {{item: Schemas["ReviewItemView"], decide: Decide, open: "mend" | "refuse" | "", setOpen: (open: "mend" | "refuse" | "") => void}} props */
export function Deciding({ item, decide, open, setOpen }) {
  const title = html`<span class="unseen"> ${item.title}</span>`;
  return html`
    <div class="actions">
      <button type="button" class="primary" aria-keyshortcuts="a" onClick=${() => decide("accept", {})}>${t("review.accept")}${title}</button>
      <button type="button" aria-keyshortcuts="m" aria-expanded=${open === "mend"} onClick=${() => setOpen(open === "mend" ? "" : "mend")}>${t("review.mend")}…${title}</button>
      <button type="button" aria-keyshortcuts="r" aria-expanded=${open === "refuse"} onClick=${() => setOpen(open === "refuse" ? "" : "refuse")}>${t("review.refuse")}…${title}</button>
      <${Outward} href=${item.url}>${item.host}<//>
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
  useFirstField(form);
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
  return html`<${Within} label=${t("review.mend")} submit=${submit} close=${close}>
    <div class="fields">
      ${FIELDS.map(({ name, label, hint }) => {
        const choices = choicesOf(name);
        const says = wrong(name);
        return html`<label key=${name} class=${name === "title" ? "wide" : ""}>${t(label)}${hint && html` <span class="quiet small">${t(hint)}</span>`}
          ${choices
            ? html`<select name=${name}>${choices.map(([value, words]) => html`<option key=${value} value=${value} selected=${value === before(name)}>${words}</option>`)}</select>`
            : html`<input type="text" name=${name} defaultValue=${before(name)} maxlength="500" autocomplete="off" aria-invalid=${says ? "true" : undefined} />`}
          ${says && html`<span class="wrong" role="alert">${says}</span>`}
        </label>`;
      })}
      <label class="wide">${t("review.how_known")} <span class="quiet small">${t("review.how_known.hint")}</span><input type="text" name="why" maxlength="500" autocomplete="off" /></label>
    </div>
    ${problem && !problem.errors.length && html`<p class="notice bad" role="alert">${problem.message}</p>`}
    <div class="actions"><button class="primary">${t("review.save")}</button><button type="button" class="plain" onClick=${close}>${t("action.cancel")}</button></div>
  <//>`;
}

/** @param {{item: Schemas["ReviewItemView"], decide: Decide, close: () => void}} props */
function Refuse({ item, decide, close }) {
  const [problem, setProblem] = useState(/** @type {import("../api.js").Problem | null} */ (null));
  return html`<${Within} label=${t("review.refuse_title", { title: item.title })} submit=${async (/** @type {FormData} */ given) => setProblem(await decide("refuse", { why: given.get("why") }))} close=${close}>
    <label>${t("review.why")} <span class="quiet small">${t("review.why.hint")}</span><input type="text" name="why" maxlength="500" autocomplete="off" /></label>
    ${problem && html`<p class="notice bad" role="alert">${problem.message}</p>`}
    <div class="actions"><button class="primary">${t("review.refuse")}</button><button type="button" class="plain" onClick=${close}>${t("action.cancel")}</button></div>
  <//>`;
}
