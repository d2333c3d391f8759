/** The page before somebody is signed in: a name, a few fields, one button. */
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { html } from "../html.js";
import { asProblem } from "../loading.js";
import { t } from "../words.js";
import { Field } from "./fields.js";

/** @type {Record<string, {label: import("../words.js").Key, hint?: import("../words.js").Key, [attribute: string]: unknown}>} */
const FIELDS = {
  email: { label: "door.email", name: "email", type: "email", autocomplete: "username", required: true },
  name: { label: "door.name", name: "name", autocomplete: "name", maxlength: "200" },
  password: { label: "door.password", name: "password", type: "password", autocomplete: "current-password", required: true },
  new_password: { label: "door.password", hint: "door.password.hint", name: "password", type: "password", autocomplete: "new-password", required: true, minlength: "8", maxlength: "256" },
};

/**
 * @param {{title: string, button: string, fields: readonly string[], submit: (given: FormData) => Promise<unknown>, refused?: string, isLost?: boolean, after?: unknown, beside?: unknown, children?: unknown}} props
 *   `refused` is what went wrong elsewhere; `isLost` that the link came without what it needs; `after` stands before the
 *   button, `beside` below it
 */
export function Door({ title, button, fields, submit, refused, isLost, after, beside, children }) {
  const [problem, setProblem] = useState(/** @type {import("../api.js").Problem | null} */ (null));
  const [busy, setBusy] = useState(false);
  const heading = useRef(/** @type {HTMLHeadingElement | null} */ (null));
  useLayoutEffect(() => {
    document.title = t("page.title", { title });
    heading.current?.focus({ preventScroll: true }); // at once: later, somebody may be typing in a field
  }, [title]);
  /** @param {SubmitEvent} event */
  const onSubmit = (event) => {
    event.preventDefault();
    setBusy(true);
    setProblem(null);
    submit(new FormData(/** @type {HTMLFormElement} */ (event.target))).catch((error) => {
      setProblem(asProblem(error));
      setBusy(false);
    });
  };
  const bare = problem && !problem.errors.length ? problem : null;
  return html`<main class="door" id="main">
    <form onSubmit=${onSubmit} aria-labelledby="door-title">
      <img src="/assets/icon.svg" alt="" width="48" height="48" />
      <h1 ref=${heading} id="door-title" tabindex="-1">${title}</h1>
      <p class="quiet">${t("door.motto")}</p>
      ${children}
      ${isLost && html`<p class="notice mind" role="status">${t("door.lost")}</p>`}
      ${refused && !problem && html`<p class="notice bad" role="alert">${refused}</p>`}
      ${bare && html`<div class="notice bad" role="alert"><strong>${bare.title}</strong><p>${bare.message}</p></div>`}
      ${problem?.errors.length && html`<p class="unseen" role="alert">${problem.errors.map(({ detail }) => detail).join(" ")}</p>`}
      ${fields.map((one) => {
        const { label, hint, ...attributes } = FIELDS[one] ?? {};
        return label && html`<${Field} key=${one} ...${attributes} label=${t(label)} hint=${hint && t(hint)} problem=${problem} />`;
      })}
      ${after}
      <button class="primary" disabled=${busy || isLost}>${button}</button>
      ${beside}
      <p class="small"><a href="/coverage">${t("door.coverage")}</a></p>
    </form>
  </main>`;
}
