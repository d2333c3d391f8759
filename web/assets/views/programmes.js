/** Programmes: how many are in each, their names, and who is what there. */
import { useState } from "preact/hooks";
import { call } from "../api.js";
import { dayOf } from "../format.js";
import { html } from "../html.js";
import { usePages } from "../loading.js";
import { Administration } from "../parts/administration_head.js";
import { Field, FormProblem } from "../parts/fields.js";
import { Members } from "../parts/members.js";
import { Answered, Empty, More } from "../parts/states.js";
import { say } from "../parts/toast.js";
import { given, text, useFirstField, useSending } from "../sending.js";
import { t } from "../words.js";

/** @typedef {import("../api.js").Schemas} Schemas */

export const programmesNeeds = () => [{ path: "/programmes" }];

/** @param {{me: Schemas["Me"]}} props */
export const Programmes = ({ me }) => html`<${Administration} me=${me} tab="programmes"><${List} me=${me} /><//>`;

/** @param {{me: Schemas["Me"]}} props */
function List({ me }) {
  const list = /** @type {ReturnType<typeof usePages<Schemas["ProgrammePage"]>>} */ (usePages("/programmes"));
  /** @param {string} name */
  const begin = (name) => call("POST", "/programmes", { body: { name } }).then(() => (list.again(), say(t("programmes.begun", { name }))));
  return html`
    ${me.role === "administrator" && html`<details class="sheet"><summary>${t("programmes.begin")}</summary><${Naming} label=${t("programmes.begin")} keep=${begin} /></details>`}
    <${Answered} asked=${list}>${(/** @type {Schemas["ProgrammePage"]} */ page) =>
      page.items.length
        ? html`<ul class="rows">${page.items.map((one) => html`<${Programme} key=${one.id} me=${me} one=${one} changed=${list.again} />`)}</ul>`
        : html`<${Empty} title=${t("programmes.none")}>${t(me.role === "administrator" ? "programmes.none.why" : "programmes.none_yours")}<//>`}<//>
    <${More} list=${list} />`;
}

/** @param {{me: Schemas["Me"], one: Schemas["AdministeredProgramme"], changed: () => void}} props */
function Programme({ me, one, changed }) {
  const [open, setOpen] = useState(/** @type {"" | "name" | "members"} */ (""));
  const of = html`<span class="unseen"> ${one.name}</span>`;
  /** @param {string} name @param {number | "*"} version */
  const rename = (name, version) => call("PATCH", `/programmes/${one.id}`, { body: { name }, version });
  /** Undone whatever its version is by then: the old name is the mentor's to say. @param {string} name */
  const keep = async (name) => {
    await rename(name, one.version);
    setOpen("");
    changed();
    say(t("programmes.renamed", { name }), () => rename(one.name, "*").then(changed));
  };
  return html`<li class="row"><article aria-labelledby=${one.id}>
    <h2 id=${one.id} tabindex="-1">${one.name}</h2>
    <p class="quiet small">${[t("programmes.mentors", { count: one.mentors }), t("programmes.mentees", { count: one.mentees }), t("people.since", { day: dayOf(one.created_at, false) })].join(" · ")}</p>
    <div class="actions">
      <button type="button" aria-expanded=${open === "members"} onClick=${() => setOpen(open === "members" ? "" : "members")}>${t("programmes.who")}${of}</button>
      <button type="button" aria-expanded=${open === "name"} onClick=${() => setOpen(open === "name" ? "" : "name")}>${t("programmes.rename")}…${of}</button>
      <a class="button" href=${`/administration/mentoring?programme_id=${one.id}`}>${t("administration.mentoring")}${of}</a>
    </div>
    ${open === "name" && html`<${Naming} label=${t("programmes.rename")} name=${one.name} keep=${keep} close=${() => setOpen("")} />`}
    ${open === "members" && html`<${Members} me=${me} programme=${one} changed=${changed} />`}
  </article></li>`;
}

/** @param {{label: string, name?: string, keep: (name: string) => Promise<unknown>, close?: () => void}} props */
function Naming({ label, name = "", keep, close }) {
  const { form, busy, problem, send } = useSending();
  useFirstField(form, Boolean(close));
  /** @param {Event} event */
  const submit = async (event) => {
    const wanted = text(given(event), "name") ?? "";
    if (await send(() => keep(wanted))) form.current?.reset();
  };
  return html`<form ref=${form} class=${close ? "within" : "wide-form"} onSubmit=${submit} aria-label=${label}>
    <${FormProblem} problem=${problem} />
    <${Field} label=${t("programmes.name")} name="name" required maxlength="200" autocomplete="off" defaultValue=${name} problem=${problem} />
    <div class="actions"><button class="primary" disabled=${busy}>${label}</button>${close && html`<button type="button" class="plain" onClick=${close}>${t("action.cancel")}</button>`}</div></form>`;
}
