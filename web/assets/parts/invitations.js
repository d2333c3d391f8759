/** Asking people in: a form for a new invitation, and those that are open. */
import { useState } from "preact/hooks";
import { call } from "../api.js";
import { distance } from "../format.js";
import { html } from "../html.js";
import { useAnswer } from "../loading.js";
import { given, text, useSending } from "../sending.js";
import { t } from "../words.js";
import { Field, FormProblem } from "./fields.js";
import { Ending, Once } from "./once.js";
import { Answered } from "./states.js";
import { say } from "./toast.js";

/** @typedef {import("../api.js").Schemas} Schemas */

/** @param {{me: Schemas["Me"], programmes: readonly Schemas["AdministeredProgramme"][]}} props */
export function Invitations({ me, programmes }) {
  const now = new Date();
  const open = useAnswer(/** @returns {Promise<Schemas["InvitationPage"]>} */ (signal) => call("GET", "/invitations", { signal }), "invitations");
  const [made, setMade] = useState(/** @type {Schemas["NewInvitationView"] | null} */ (null));
  /** @param {Schemas["NewInvitationView"]} one */
  const took = (one) => {
    open.again();
    if (one.link) setMade(one);
    else say(t("people.mailed", { to: one.email }));
  };
  return html`
    ${made?.link ? html`<${Once} title=${t("people.link_for", { name: made.email })} secrets=${[{ name: t("people.link"), value: made.link }]} done=${() => setMade(null)} />` : html`<${Inviting} me=${me} programmes=${programmes} made=${took} />`}
    <${Answered} asked=${open} rows=${1}>${(/** @type {Schemas["InvitationPage"]} */ page) =>
      page.items.length > 0 &&
      html`<section aria-labelledby="invited-title"><h2 id="invited-title">${t("people.invited")}</h2>
        <ul class="rows">${page.items.map((one) => html`<${Invited} key=${one.id} one=${one} programmes=${programmes} now=${now} changed=${open.again} />`)}</ul></section>`}<//>`;
}

/** @param {{one: Schemas["InvitationView"], programmes: readonly Schemas["AdministeredProgramme"][], now: Date, changed: () => void}} props */
function Invited({ one, programmes, now, changed }) {
  const programme = programmes.find(({ id }) => id === one.programme_id)?.name ?? "";
  const what = one.reset ? t("people.for_password") : [t(`role.${one.role}`), programme].filter(Boolean).join(", ");
  return html`<li class="row beside"><div>
      <h3 tabindex="-1">${one.email}</h3>
      <p class="quiet small">${[what, t("people.open_until", { when: distance(one.expires_at, now) })].join(" · ")}</p></div>
    <${Ending} label=${t("people.take_back")} about=${one.email} why=${t("people.take_back.why")} act=${() => call("DELETE", `/invitations/${one.id}`).then(() => (changed(), say(t("people.taken_back"))))} /></li>`;
}

/** @param {{me: Schemas["Me"], programmes: readonly Schemas["AdministeredProgramme"][], made: (one: Schemas["NewInvitationView"]) => void}} props */
function Inviting({ me, programmes, made }) {
  const { form, busy, problem, send } = useSending();
  const administers = me.role === "administrator";
  const roles = /** @type {const} */ ([...(/** @type {const} */ (["mentor", "coordinator"])), ...(administers ? /** @type {const} */ (["administrator"]) : [])]);
  const places = [...(administers ? [{ value: "", words: t("people.no_programme") }] : []), ...programmes.map(({ id, name }) => ({ value: id, words: name }))];
  const ways = [...(me.email_available ? [{ value: "email", words: t("people.by_mail") }] : []), { value: "link", words: t("people.by_link") }];
  /** @param {Event} event */
  const invite = (event) => {
    const data = given(event);
    const body = { email: text(data, "email") ?? "", programme_id: text(data, "programme_id"), role: text(data, "role"), deliver: text(data, "deliver") };
    return send(async () => {
      made(await call("POST", "/invitations", { body }));
      form.current?.reset();
    });
  };
  return html`<details class="sheet"><summary>${t("people.invite")}</summary><form ref=${form} class="wide-form" onSubmit=${invite} aria-label=${t("people.invite")}>
    <${FormProblem} problem=${problem} />
    <div class="fields">
      <${Field} label=${t("fact.email")} name="email" type="email" required maxlength="320" autocomplete="off" problem=${problem} />
      <${Field} label=${t("mentees.programme")} name="programme_id" choices=${places} defaultValue=${programmes[0]?.id ?? ""} problem=${problem} />
      <${Field} label=${t("people.as")} name="role" choices=${roles.map((value) => ({ value, words: t(`role.${value}`) }))} problem=${problem} />
      <${Field} label=${t("people.how")} hint=${me.email_available ? undefined : t("people.no_mail_here")} name="deliver" choices=${ways} problem=${problem} />
    </div>
    <button class="primary" disabled=${busy}>${t("people.invite.do")}</button></form></details>`;
}
