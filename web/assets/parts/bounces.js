/** What the mail provider reports: addresses that take no mail, noted several at once. Nobody is named by it. */
import { call } from "../api.js";
import { html } from "../html.js";
import { given, text, useSending } from "../sending.js";
import { t } from "../words.js";
import { Field, FormProblem } from "./fields.js";
import { say } from "./toast.js";

const CAME_OF_IT = /** @type {const} */ (["noted", "already", "not_yours"]);

/** @param {{changed: () => void}} props */
export function Bounces({ changed }) {
  const { form, busy, problem, send } = useSending();
  /** @param {Event} event */
  const note = (event) => {
    const addresses = (text(given(event), "addresses") ?? "").split(/[\s,;]+/).filter(Boolean);
    return send(async () => {
      const { results } = /** @type {import("../api.js").Schemas["BouncesNoted"]} */ (await call("POST", "/bounces", { body: { addresses } }));
      form.current?.reset();
      changed();
      const found = CAME_OF_IT.map((result) => ({ result, count: results.filter((one) => one === result).length }));
      say(found.filter(({ count }) => count).map(({ result, count }) => t(`people.bounced.${result}`, { count })).join(" "));
    });
  };
  return html`<details class="sheet"><summary>${t("people.bounced")}</summary><form ref=${form} class="wide-form" onSubmit=${note} aria-label=${t("people.bounced")}>
    <p class="quiet small">${t("people.bounced.about")}</p>
    <${FormProblem} problem=${problem} />
    <${Field} label=${t("people.bounced.addresses")} name="addresses" lines=${4} required problem=${problem} />
    <button class="primary" disabled=${busy}>${t("people.bounced.note")}</button></form></details>`;
}
