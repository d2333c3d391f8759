/** Mail that does not reach somebody: said, noted when the provider reports it, and lifted once the address is mended. */
import { call } from "../api.js";
import { html } from "../html.js";
import { t } from "../words.js";
import { say, sayProblem } from "./toast.js";

/** @typedef {import("../api.js").Schemas} Schemas */
/** @typedef {{mentee: Schemas["MenteeView"], changed: () => void}} Props */

const SAID = /** @type {const} */ ({ PUT: "no_mail.noted", DELETE: "no_mail.lifted" });
const BACK = /** @type {const} */ ({ PUT: "DELETE", DELETE: "PUT" });

/** @param {Props} props @param {"PUT" | "DELETE"} method @returns {Promise<void>} */
const set = ({ mentee, changed }, method) =>
  call(method, `/mentees/${mentee.id}/bounce`).then(() => {
    changed();
    say(t(SAID[method], { name: mentee.name }), () => set({ mentee, changed }, BACK[method]));
  }, sayProblem);

/** That a mentee gets no mail, why, and what can be done about it. @param {Props} props */
export function NoMail({ mentee, changed }) {
  if (!mentee.no_mail) return null;
  return html`<div class="notice mind"><strong>${t(`no_mail.${mentee.no_mail}`)}</strong>
    <p>${t(`no_mail.${mentee.no_mail}.why`, { email: mentee.email ?? "", name: mentee.name })}</p>
    ${mentee.no_mail === "bounced" && html`<button type="button" onClick=${() => set({ mentee, changed }, "DELETE")}>${t("no_mail.lift")}</button>`}</div>`;
}

/** What the mail provider told the mentor and not us. @param {Props} props */
export const NoteBounce = ({ mentee, changed }) =>
  mentee.email && !mentee.no_mail
    ? html`<div><dt><button type="button" onClick=${() => set({ mentee, changed }, "PUT")}>${t("no_mail.note")}</button></dt><dd>${t("no_mail.note.why", { email: mentee.email })}</dd></div>`
    : null;

/** That a mentor's own mail came back. @param {{me: Schemas["Me"]}} props */
export function NoMailToMe({ me }) {
  if (!me.no_mail) return null;
  const lift = () => call("DELETE", "/me/bounce").then(() => (say(t("no_mail.mine.lifted")), dispatchEvent(new Event("opportune:me"))), sayProblem);
  return html`<div class="notice mind" role="status"><strong>${t("no_mail.bounced")}</strong><p>${t("no_mail.mine", { email: me.email })}</p>
    <button type="button" onClick=${lift}>${t("no_mail.lift")}</button></div>`;
}
