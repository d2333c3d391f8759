/** Notes about a mentee, perhaps about one call: co-mentors read them, unless they are private. */
import { useState } from "preact/hooks";
import { call } from "../api.js";
import { distance } from "../format.js";
import { html } from "../html.js";
import { usePages } from "../loading.js";
import { given, useFirstField, useSending } from "../sending.js";
import { t } from "../words.js";
import { Dialog } from "./dialog.js";
import { Field, FormProblem } from "./fields.js";
import { Answered, More } from "./states.js";
import { say, sayProblem } from "./toast.js";

/** @typedef {import("../api.js").Schemas} Schemas */

/** @param {{mentee: Schemas["Person"], opportunity: {id: string, title: string}, close: () => void}} props */
export const NotesDialog = ({ mentee, opportunity, close }) => html`<${Dialog} title=${t("notes.about", { name: mentee.name })} close=${close}>
  <p class="quiet">${opportunity.title}</p>
  <${Notes} menteeId=${mentee.id} opportunityId=${opportunity.id} />
<//>`;

/** @param {{menteeId: string, opportunityId?: string}} props with an opportunity only the notes about it */
export function Notes({ menteeId, opportunityId }) {
  const path = `/mentees/${menteeId}/notes`;
  const list = /** @type {ReturnType<typeof usePages<Schemas["NotePage"]>>} */ (usePages(path, new URLSearchParams(opportunityId ? { opportunity_id: opportunityId } : {})));
  const [changing, setChanging] = useState("");
  /** @param {Note} note */
  const write = (note) => call("POST", path, { body: { ...note, opportunity_id: opportunityId ?? null } }).then(() => (say(t("notes.kept")), list.again()));
  /** @param {Schemas["NoteView"]} one @param {Note} note */
  const change = (one, note) => call("PATCH", `${path}/${one.id}`, { body: note, version: one.version }).then(() => (setChanging(""), say(t("notes.kept")), list.again()));
  /** @param {Schemas["NoteView"]} one */
  const remove = (one) =>
    call("DELETE", `${path}/${one.id}`).then(() => {
      list.again();
      say(t("notes.removed"), () => call("POST", path, { body: { text: one.text, private: one.private, opportunity_id: one.opportunity_id } }).then(list.again));
    }, sayProblem);
  return html`<section aria-label=${t("notes.title")}>
    <${Write} keep=${write} />
    <${Answered} asked=${list} rows=${1}>${(/** @type {Schemas["NotePage"]} */ page) =>
      page.items.length
        ? html`<ul class="plain-list">${page.items.map((one) => html`<li key=${one.id}>${changing === one.id
            ? html`<${Write} note=${one} keep=${(/** @type {Note} */ note) => change(one, note)} close=${() => setChanging("")} />`
            : html`<${Shown} note=${one} withTitle=${!opportunityId} change=${() => setChanging(one.id)} remove=${() => remove(one)} />`}</li>`)}</ul>`
        : html`<p class="quiet">${t("notes.none")}</p>`}<//>
    <${More} list=${list} />
  </section>`;
}

/** @typedef {{text: string, private: boolean}} Note */

/** @param {{note: Schemas["NoteView"], withTitle: boolean, change: () => void, remove: () => void}} props */
function Shown({ note, withTitle, change, remove }) {
  const start = html`<span class="unseen"> ${note.text.slice(0, 40)}</span>`;
  return html`<p class="prose">${note.text}</p>
    <p class="quiet small">${note.private && html`<span class="tag">${t("notes.private")}</span> `}${t("notes.by", { name: note.written_by?.name ?? t("notes.somebody"), when: distance(note.changed_at ?? note.created_at, new Date()) })}
      ${withTitle && note.opportunity_id && html` · <a href=${`/opportunities/${note.opportunity_id}`}>${note.opportunity_title}</a>`}</p>
    <div class="actions"><button type="button" class="plain" onClick=${change}>${t("notes.change")}${start}</button><button type="button" class="plain" onClick=${remove}>${t("notes.remove")}${start}</button></div>`;
}

/** @param {{note?: Schemas["NoteView"], keep: (note: Note) => Promise<unknown>, close?: () => void}} props */
function Write({ note, keep, close }) {
  const { form, busy, problem, send } = useSending();
  useFirstField(form, Boolean(note));
  /** @param {SubmitEvent} event */
  const submit = async (event) => {
    const data = given(event);
    const kept = await send(() => keep({ text: String(data.get("text") ?? ""), private: data.has("private") }));
    if (kept && !note) form.current?.reset();
  };
  return html`<form ref=${form} onSubmit=${submit} aria-label=${t(note ? "notes.change" : "notes.write")}>
    <${FormProblem} problem=${problem} />
    <${Field} label=${t(note ? "notes.change" : "notes.write")} name="text" lines=${3} maxlength="5000" required defaultValue=${note?.text ?? ""} problem=${problem} />
    <label class="check"><input type="checkbox" name="private" defaultChecked=${note?.private ?? false} /> ${t("notes.for_me")}</label>
    <div class="actions"><button disabled=${busy}>${t("notes.keep")}</button>${close && html`<button type="button" class="plain" onClick=${close}>${t("action.cancel")}</button>`}</div>
  </form>`;
}
