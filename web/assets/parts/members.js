/** Who is what in a programme: mentors and coordinators, taken in and taken out. */
import { useState } from "preact/hooks";
import { call } from "../api.js";
import { html } from "../html.js";
import { useAnswer, usePages } from "../loading.js";
import { given, text } from "../sending.js";
import { t } from "../words.js";
import { Field } from "./fields.js";
import { Ending } from "./once.js";
import { Answered, More } from "./states.js";
import { say, sayProblem } from "./toast.js";

/** @typedef {import("../api.js").Schemas} Schemas */

const EVERYBODY = new URLSearchParams({ limit: "100" });

/** @param {{me: Schemas["Me"], programme: Schemas["AdministeredProgramme"], changed: () => void}} props */
export function Members({ me, programme, changed }) {
  const path = `/programmes/${programme.id}/mentors`;
  const list = /** @type {ReturnType<typeof usePages<Schemas["AccountPage"]>>} */ (usePages(path));
  const again = () => (list.again(), changed());
  /** Whatever their account's version is: only their place here is said. @param {string} id @param {boolean} coordinator */
  const place = (id, coordinator) => call("PUT", `${path}/${id}`, { body: { coordinator }, version: "*" }).then(again);
  return html`<div class="within">
    <${Answered} asked=${list} rows=${1}>${(/** @type {Schemas["AccountPage"]} */ page) =>
      page.items.length
        ? html`<ul class="plain-list">${page.items.map((one) => html`<${Member} key=${one.id} one=${one} programme=${programme} place=${place} out=${() => call("DELETE", `${path}/${one.id}`, { version: "*" }).then(again)} />`)}</ul>`
        : html`<p class="quiet">${t("members.none")}</p>`}<//>
    <${More} list=${list} />
    ${me.role === "administrator" && list.value && html`<${TakeIn} programme=${programme} here=${list.value.items} place=${place} />`}
  </div>`;
}

/** @param {{one: Schemas["AccountView"], programme: Schemas["AdministeredProgramme"], place: (id: string, coordinator: boolean) => Promise<unknown>, out: () => Promise<unknown>}} props */
function Member({ one, programme, place, out }) {
  const coordinates = one.programmes.some(({ id, coordinator }) => id === programme.id && coordinator);
  const name = one.name || one.email;
  const change = () => place(one.id, !coordinates).then(() => say(t(coordinates ? "members.is_mentor" : "members.is_coordinator", { name }), () => place(one.id, coordinates)), sayProblem);
  return html`<li class="member"><div><strong>${name}</strong> ${coordinates && html`<span class="tag fits">${t("role.coordinator")}</span>`}${!one.active && html`<span class="tag failed">${t("people.no_access")}</span>`}
      <span class="quiet small">${one.name ? one.email : ""}</span></div>
    <div class="actions"><button type="button" onClick=${change}>${t(coordinates ? "members.make_mentor" : "members.make_coordinator")}<span class="unseen"> ${name}</span></button>
      <${Ending} label=${t("members.take_out")} about=${name} why=${t("members.take_out.why")} act=${() => out().then(() => say(t("members.taken_out", { name })))} /></div></li>`;
}

/** Those who have an account and are not in the programme. @param {{programme: Schemas["AdministeredProgramme"], here: readonly Schemas["AccountView"][], place: (id: string, coordinator: boolean) => Promise<unknown>}} props */
function TakeIn({ programme, here, place }) {
  const [open, setOpen] = useState(false);
  return html`<details onToggle=${(/** @type {any} */ event) => setOpen(event.currentTarget.open)}><summary>${t("members.take_in")}</summary>
    ${open && html`<${Choosing} programme=${programme} here=${here} place=${place} />`}</details>`;
}

/** @param {{programme: Schemas["AdministeredProgramme"], here: readonly Schemas["AccountView"][], place: (id: string, coordinator: boolean) => Promise<unknown>}} props */
function Choosing({ programme, here, place }) {
  const asked = useAnswer(/** @returns {Promise<Schemas["AccountPage"]>} */ (signal) => call("GET", "/mentors", { query: EVERYBODY, signal }), programme.id);
  return html`<${Answered} asked=${asked} rows=${1}>${(/** @type {Schemas["AccountPage"]} */ page) => {
    const others = page.items.filter(({ id, active }) => active && !here.some((one) => one.id === id));
    /** @param {Event} event */
    const take = (event) => {
      const chosen = others.find(({ id }) => id === text(given(event), "mentor_id"));
      if (chosen) place(chosen.id, false).then(() => say(t("mentors.added", { name: chosen.name || chosen.email })), sayProblem);
    };
    if (!others.length) return html`<p class="quiet">${t("members.all_in")}</p>`;
    return html`<form class="inline-form" onSubmit=${take} aria-label=${t("members.take_in")}>
      <${Field} label=${t("members.whom")} name="mentor_id" choices=${others.map(({ id, name, email }) => ({ value: id, words: name ? `${name} (${email})` : email }))} />
      <button>${t("members.take_in.do")}</button></form>`;
  }}<//>`;
}
