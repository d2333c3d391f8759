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

/**
 * @typedef {import("../api.js").Schemas} Schemas
 * @typedef {(id: string, coordinator: boolean, version?: number | "*") => Promise<unknown>} Place
 */

/** Everybody who has an account, page after page. @param {AbortSignal} signal */
async function everybody(signal) {
  const query = new URLSearchParams({ limit: "100" });
  const accounts = /** @type {Schemas["AccountView"][]} */ ([]);
  for (;;) {
    const { items, next } = /** @type {Schemas["AccountPage"]} */ (await call("GET", "/mentors", { query, signal }));
    accounts.push(...items);
    if (!next) return accounts;
    query.set("cursor", next);
  }
}

/** @param {{me: Schemas["Me"], programme: Schemas["AdministeredProgramme"], changed: () => void}} props */
export function Members({ me, programme, changed }) {
  const path = `/programmes/${programme.id}/mentors`;
  const list = /** @type {ReturnType<typeof usePages<Schemas["AccountPage"]>>} */ (usePages(path));
  const [changes, setChanges] = useState(0);
  const again = () => (list.again(), setChanges((n) => n + 1), changed());
  /** A member is shown with their place: whatever else of their account changed meanwhile does not matter. @type {Place} */
  const place = (id, coordinator, version = "*") => call("PUT", `${path}/${id}`, { body: { coordinator }, version }).then(again);
  return html`<div class="within">
    <${Answered} asked=${list} rows=${1}>${(/** @type {Schemas["AccountPage"]} */ page) =>
      page.items.length
        ? html`<ul class="plain-list">${page.items.map((one) => html`<${Member} key=${one.id} one=${one} programme=${programme} place=${place} out=${() => call("DELETE", `${path}/${one.id}`, { version: "*" }).then(again)} />`)}</ul>`
        : html`<p class="quiet">${t("members.none")}</p>`}<//>
    <${More} list=${list} />
    ${me.role === "administrator" && list.value && html`<${TakeIn} programme=${programme} changes=${changes} place=${place} />`}
  </div>`;
}

/** @param {{one: Schemas["AccountView"], programme: Schemas["AdministeredProgramme"], place: Place, out: () => Promise<unknown>}} props */
function Member({ one, programme, place, out }) {
  const coordinates = one.programmes.some(({ id, coordinator }) => id === programme.id && coordinator);
  const name = one.name || one.email;
  const change = () => place(one.id, !coordinates).then(() => say(t(coordinates ? "members.is_mentor" : "members.is_coordinator", { name }), () => place(one.id, coordinates)), sayProblem);
  return html`<li class="member"><div><strong>${name}</strong> ${coordinates && html`<span class="tag fits">${t("role.coordinator")}</span>`}${!one.active && html`<span class="tag failed">${t("people.no_access")}</span>`}
      <span class="quiet small">${one.name ? one.email : ""}</span></div>
    <div class="actions"><button type="button" onClick=${change}>${t(coordinates ? "members.make_mentor" : "members.make_coordinator")}<span class="unseen"> ${name}</span></button>
      <${Ending} label=${t("members.take_out")} about=${name} why=${t("members.take_out.why")} act=${() => out().then(() => say(t("members.taken_out", { name })))} /></div></li>`;
}

/** Those who have an account and are not in the programme. @param {{programme: Schemas["AdministeredProgramme"], changes: number, place: Place}} props */
function TakeIn({ programme, changes, place }) {
  const [open, setOpen] = useState(false);
  return html`<details onToggle=${(/** @type {any} */ event) => setOpen(event.currentTarget.open)}><summary>${t("members.take_in")}</summary>
    ${open && html`<${Choosing} programme=${programme} changes=${changes} place=${place} />`}</details>`;
}

/**
 * Who is in it is read from each account, for the list of members may not be loaded to its end; with the account's
 * version, somebody who was given a place meanwhile keeps it.
 *
 * @param {{programme: Schemas["AdministeredProgramme"], changes: number, place: Place}} props
 */
function Choosing({ programme, changes, place }) {
  const asked = useAnswer(everybody, `${programme.id} ${changes}`);
  return html`<${Answered} asked=${asked} rows=${1}>${(/** @type {Schemas["AccountView"][]} */ accounts) => {
    const others = accounts.filter(({ active, programmes }) => active && !programmes.some(({ id }) => id === programme.id));
    /** @param {Event} event */
    const take = (event) => {
      const chosen = others.find(({ id }) => id === text(given(event), "mentor_id"));
      if (chosen) place(chosen.id, false, chosen.version).then(() => say(t("mentors.added", { name: chosen.name || chosen.email })), sayProblem);
    };
    if (!others.length) return html`<p class="quiet">${t("members.all_in")}</p>`;
    return html`<form class="inline-form" onSubmit=${take} aria-label=${t("members.take_in")}>
      <${Field} label=${t("members.whom")} name="mentor_id" choices=${others.map(({ id, name, email }) => ({ value: id, words: name ? `${name} (${email})` : email }))} />
      <button>${t("members.take_in.do")}</button></form>`;
  }}<//>`;
}
