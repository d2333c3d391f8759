/** A secret that is shown this once, with a way to take it; and a step that ends something for good, in two presses. */
import { useEffect, useRef, useState } from "preact/hooks";
import { html } from "../html.js";
import { announce } from "../loading.js";
import { t } from "../words.js";
import { copy } from "./saving.js";
import { sayProblem } from "./toast.js";

/** @param {{title: string, secrets: readonly {name: string, value: string}[], done: () => void}} props */
export function Once({ title, secrets, done }) {
  const heading = useRef(/** @type {HTMLHeadingElement | null} */ (null));
  useEffect(() => heading.current?.focus(), []);
  return html`<section class="sheet once" aria-label=${title}>
    <h2 ref=${heading} tabindex="-1">${title}</h2>
    <p class="mind">${t("once.mind")}</p>
    ${secrets.map(({ name, value }) => html`<${Secret} key=${name} name=${name} value=${value} />`)}
    <button type="button" onClick=${done}>${t("once.kept")}</button>
  </section>`;
}

/** @param {{name: string, value: string}} props */
function Secret({ name, value }) {
  const input = useRef(/** @type {HTMLInputElement | null} */ (null));
  const [taken, setTaken] = useState(false);
  const take = async () => {
    if (await copy(value)) {
      setTaken(true);
      announce(t("once.copied"));
    } else {
      input.current?.select();
      announce(t("once.not_copied"));
    }
  };
  return html`<div class="secret"><label>${name}<input ref=${input} readonly value=${value} spellcheck=${false} onFocus=${(/** @type {any} */ event) => event.target.select()} /></label>
    <button type="button" onClick=${take}>${taken ? t("once.taken") : t("once.copy")}<span class="unseen"> ${name}</span></button></div>`;
}

/**
 * For what cannot be undone but can be made anew: the first press says what it means, the second does it.
 *
 * @param {{label: string, about: string, why: string, act: () => Promise<unknown>}} props
 */
export function Ending({ label, about, why, act }) {
  const [asking, setAsking] = useState(false);
  const [isKept, setKept] = useState(false);
  const keep = () => (setKept(true), setAsking(false));
  const end = () => act().then(() => setAsking(false), (error) => (keep(), sayProblem(error)));
  if (!asking) return html`<button type="button" ref=${isKept ? focus : undefined} onClick=${() => setAsking(true)}>${label}…<span class="unseen"> ${about}</span></button>`;
  return html`<div class="ending" role="group" aria-label=${`${label} ${about}`} onKeyDown=${(/** @type {KeyboardEvent} */ event) => event.key === "Escape" && keep()}>
    <span>${why}</span> <button type="button" class="danger" ref=${focus} onClick=${end}>${label}<span class="unseen"> ${about}</span></button>
    <button type="button" class="plain" onClick=${keep}>${t("action.cancel")}</button></div>`;
}

/** @param {HTMLElement | null} element */
const focus = (element) => element?.focus();
