/** Message templates: mine and ours, which of them is used, and one being written with a preview beside it. */
import { useEffect, useRef, useState } from "preact/hooks";
import { call } from "../api.js";
import { html } from "../html.js";
import { useAnswer } from "../loading.js";
import { Field, FormProblem } from "../parts/fields.js";
import { SettingsHead } from "../parts/settings_head.js";
import { Answered, Failed } from "../parts/states.js";
import { say, sayProblem } from "../parts/toast.js";
import { given, text, useSending } from "../sending.js";
import { LANGUAGES, hasWords, named, shown, t } from "../words.js";

/** @typedef {import("../api.js").Schemas} Schemas */
/** @typedef {Pick<Schemas["TemplateView"], "name" | "subject" | "body" | "language" | "preferred"> & {id?: string, version?: number, from?: string}} Draft a template that is being written; without an id it is new, `from` another */

export const templatesNeeds = () => [{ path: "/templates" }];

/** @param {{me: Schemas["Me"]}} props */
export function Templates({ me }) {
  const list = useAnswer(/** @returns {Promise<Schemas["TemplateList"]>} */ (signal) => call("GET", "/templates", { signal }), "templates");
  const [draft, setDraft] = useState(/** @type {Draft | null} */ (null));
  const close = () => {
    setDraft(null);
    setTimeout(() => document.getElementById(draft?.from ?? "")?.focus(), 0); // where it was begun
  };
  const kept = () => (close(), list.again());
  return html`
    <${SettingsHead} me=${me} tab="templates"><p class="quiet">${t("templates.about")}</p><//>
    <${Answered} asked=${list}>${(/** @type {Schemas["TemplateList"]} */ page) =>
      draft
        ? html`<${Writing} key=${draft.id ?? "new"} draft=${draft} page=${page} done=${kept} close=${close} />`
        : html`<ul class="rows">${page.items.map((one) => html`<${Template} key=${one.id} one=${one} used=${used(page, one)} page=${page} edit=${setDraft} changed=${list.again} />`)}</ul>`}<//>`;
}

/** Ours is used, in the reader's language, where none of mine is preferred. @param {Schemas["TemplateList"]} page @param {Schemas["TemplateView"]} one */
const used = (page, one) => one.preferred || (one.ours && !page.items.some(({ preferred }) => preferred) && one.language === shown());

/** @param {Schemas["TemplateView"]} one @returns {Draft} */
const copyOf = (one) => ({ from: one.id, name: one.ours ? t("templates.mine") : `${one.name} 2`, subject: one.subject, body: one.body, language: one.language, preferred: true });

/** @param {{one: Schemas["TemplateView"], used: boolean, page: Schemas["TemplateList"], edit: (draft: Draft) => void, changed: () => void}} props */
function Template({ one, used: isUsed, page, edit, changed }) {
  const of = html`<span class="unseen"> ${one.name}</span>`;
  /** @param {boolean} preferred */
  const prefer = (preferred) => call("PATCH", `/templates/${one.id}`, { body: { preferred }, version: one.version }).then(() => (changed(), say(t(preferred ? "templates.now_used" : "templates.ours_used"))), (error) => (sayProblem(error), changed()));
  const remove = () => call("DELETE", `/templates/${one.id}`).then(() => (changed(), say(t("templates.deleted"), () => call("POST", "/templates", { body: { name: one.name, subject: one.subject, body: one.body, language: one.language, preferred: one.preferred } }).then(changed))), sayProblem);
  const restore = () => {
    const mine = page.items.find(({ preferred }) => preferred);
    return mine && call("PATCH", `/templates/${mine.id}`, { body: { preferred: false }, version: mine.version }).then(() => (changed(), say(t("templates.ours_used"), () => call("GET", `/templates/${mine.id}`).then(({ version }) => call("PATCH", `/templates/${mine.id}`, { body: { preferred: true }, version })).then(changed))), sayProblem);
  };
  return html`<li class="row"><article aria-labelledby=${one.id}>
    <h2 id=${one.id} tabindex="-1">${one.name} ${isUsed && html`<span class="tag fits">${t("templates.used")}</span>`}</h2>
    <p class="quiet small">${[named("language", one.language), one.subject].join(" · ")}</p>
    <details><summary>${t("templates.read")}</summary><pre class="message">${one.body}</pre></details>
    <div class="actions">
      ${one.ours
        ? html`<button type="button" onClick=${() => edit(copyOf(one))}>${t("templates.begin")}${of}</button>${!isUsed && one.language === shown() && html`<button type="button" onClick=${restore}>${t("templates.restore")}${of}</button>`}`
        : html`<button type="button" class="primary" onClick=${() => edit({ ...one, from: one.id })}>${t("mentees.edit")}${of}</button>
            <button type="button" onClick=${() => prefer(!one.preferred)}>${t(one.preferred ? "templates.unuse" : "templates.use")}${of}</button>
            <button type="button" onClick=${remove}>${t("templates.delete")}${of}</button>`}
    </div></article></li>`;
}

/** @param {FormData} data */
const draftIn = (data) => ({ name: text(data, "name") ?? "", subject: text(data, "subject") ?? "", body: String(data.get("body") ?? "").replaceAll("\r\n", "\n"), language: text(data, "language") ?? "en", preferred: data.has("preferred") });

/** @param {{draft: Draft, page: Schemas["TemplateList"], done: () => void, close: () => void}} props */
function Writing({ draft, page, done, close }) {
  const { form, busy, problem, send } = useSending();
  const [now, setNow] = useState(draft);
  const heading = useRef(/** @type {HTMLHeadingElement | null} */ (null));
  useEffect(() => heading.current?.focus(), []);
  const look = () => form.current && setNow(draftIn(new FormData(form.current)));
  /** @param {Event} event */
  const save = async (event) => {
    const body = draftIn(given(event));
    const to = () => (draft.id ? call("PATCH", `/templates/${draft.id}`, { body, ...(draft.version !== undefined && { version: draft.version }) }) : call("POST", "/templates", { body }));
    if (await send(to)) {
      say(t("person.saved"));
      done();
    }
  };
  const { standard, insert } = puttingInto(form, page.items.find((one) => one.ours && one.language === now.language), look);
  return html`<section aria-labelledby="writing-title"><h2 id="writing-title" ref=${heading} tabindex="-1">${draft.id ? t("templates.edit", { name: draft.name }) : t("templates.new")}</h2>
    <div class="halves">
      <div><form ref=${form} class="sheet" onSubmit=${save} onInput=${look} aria-labelledby="writing-title">
        <${FormProblem} problem=${problem} />
        <${Field} label=${t("templates.name")} name="name" maxlength="100" required autocomplete="off" defaultValue=${draft.name} problem=${problem} />
        <${Field} label=${t("templates.language")} hint=${t("templates.language.hint")} name="language" choices=${Object.entries(LANGUAGES).map(([value, words]) => ({ value, words }))} defaultValue=${draft.language} problem=${problem} />
        <${Field} label=${t("forward.subject")} name="subject" maxlength="300" required autocomplete="off" defaultValue=${draft.subject} problem=${problem} />
        <${Field} label=${t("forward.message")} name="body" lines=${14} maxlength="8000" required defaultValue=${draft.body} problem=${problem} />
        <label class="check"><input type="checkbox" name="preferred" defaultChecked=${draft.preferred} /> ${t("templates.prefer")}</label>
        <div class="actions"><button class="primary" disabled=${busy}>${t("person.save")}</button>
          <button type="button" onClick=${standard}>${t("templates.standard")}</button>
          <button type="button" class="plain" onClick=${close}>${t("action.cancel")}</button></div>
      </form>
        <${Places} places=${page.places} insert=${insert} />
      </div>
      <${Preview} draft=${now} />
    </div></section>`;
}

/**
 * What is put into the fields by a button: our standard words, with a way back, or a place where they are written.
 *
 * @param {{current: HTMLFormElement | null}} form @param {Schemas["TemplateView"] | undefined} ours @param {() => void} look
 */
function puttingInto(form, ours, look) {
  const fields = () => /** @type {any} */ (form.current?.elements);
  /** @param {string} subject @param {string} body */
  const put = (subject, body) => {
    [fields().subject.value, fields().body.value] = [subject, body];
    look();
  };
  const standard = () => {
    const before = draftIn(new FormData(form.current ?? undefined));
    if (ours) put(ours.subject, ours.body);
    say(t("templates.standard_put"), () => put(before.subject, before.body));
  };
  /** @param {string} name */
  const insert = (name) => {
    const area = /** @type {HTMLTextAreaElement} */ (fields().body);
    area.setRangeText(`{${name}}`, area.selectionStart, area.selectionEnd, "end");
    area.focus();
    look();
  };
  return { standard, insert };
}

/** @param {{places: Schemas["TemplateList"]["places"], insert: (name: string) => void}} props */
const Places = ({ places, insert }) => html`<details class="sheet" open><summary>${t("templates.places")}</summary><dl class="places">${places.map(({ name, stands_for }) => html`<div key=${name}>
  <dt><button type="button" class="small" aria-label=${t("templates.insert", { place: `{${name}}` })} onClick=${() => insert(name)}><code>${`{${name}}`}</code></button></dt><dd>${hasWords(`place_for.${name}`) ? named("place_for", name) : stands_for}</dd></div>`)}</dl></details>`;

/** The message as it would be, once the typing pauses. @param {{draft: Draft}} props */
function Preview({ draft: { subject, body, language } }) {
  const words = JSON.stringify({ subject, body, language });
  const [settled, setSettled] = useState(words);
  useEffect(() => {
    const pause = setTimeout(() => setSettled(words), 400);
    return () => clearTimeout(pause);
  }, [words]);
  const asked = useAnswer(/** @returns {Promise<Schemas["Preview"]>} */ (signal) => call("POST", "/templates/preview", { body: JSON.parse(settled), signal }), settled);
  return html`<section class="sheet" aria-labelledby="preview-title" aria-busy=${asked.loading}><h3 id="preview-title">${t("templates.preview")}</h3>
    <p class="quiet small">${t("templates.preview.about")}</p>
    ${asked.problem && (asked.problem.errors.length ? html`<p class="notice bad" role="status">${asked.problem.errors.map(({ detail }) => detail).join(" ")}</p>` : html`<${Failed} problem=${asked.problem} again=${asked.again} />`)}
    ${asked.value && !asked.problem && html`<p><strong>${asked.value.subject}</strong></p><pre class="message">${asked.value.message}</pre>`}
  </section>`;
}
