/** Adding a mentee, and everything that is changed about one: facts, goals, mail, mentors, keeping and forgetting. */
import { useState } from "preact/hooks";
import { go } from "../address.js";
import { call } from "../api.js";
import { html } from "../html.js";
import { useAnswer } from "../loading.js";
import { Erase } from "../parts/erase.js";
import { Field, FormProblem } from "../parts/fields.js";
import { GoalsEdited } from "../parts/goals.js";
import { Mentors } from "../parts/mentors.js";
import { NoMail, NoteBounce } from "../parts/no_mail.js";
import { NOBODY, PersonFields, differing, personIn, personOf } from "../parts/person.js";
import { Failed, Heading, Loading } from "../parts/states.js";
import { say, sayProblem } from "../parts/toast.js";
import { given, text, useSending } from "../sending.js";
import { listed, named, t } from "../words.js";

/** @typedef {import("../api.js").Schemas} Schemas */

/** @param {{me: Schemas["Me"]}} props */
export function MenteeAdded({ me }) {
  const { form, busy, problem, send } = useSending();
  /** @param {Event} event */
  const add = (event) => {
    const data = given(event);
    const goals = (text(data, "goals") ?? "").split("\n").map((line) => line.trim()).filter(Boolean);
    const body = { ...personIn(data, []), programme_id: text(data, "programme_id") ?? me.programmes[0]?.id ?? null, goals: goals.map((goal) => ({ text: goal })) };
    return send(async () => {
      const made = /** @type {Schemas["MenteeView"]} */ (await call("POST", "/mentees", { body }));
      go(`/mentees/${made.id}`);
      say(t("person.added", { name: made.name }), () => call("PATCH", `/mentees/${made.id}`, { body: { archived: true }, version: made.version }).then(() => (go("/mentees"), say(t("person.archived", { name: made.name })))));
    });
  };
  return html`
    <${Heading} title=${t("mentees.add")} above=${html`<p class="kicker"><a href="/mentees">${t("nav.mentees")}</a></p>`} />
    <form class="sheet wide-form" ref=${form} onSubmit=${add} aria-label=${t("mentees.add")}>
      <${FormProblem} problem=${problem} />
      ${me.programmes.length > 1 && html`<${Field} label=${t("mentees.programme")} name="programme_id" choices=${me.programmes.map(({ id, name }) => ({ value: id, words: name }))} problem=${problem} />`}
      <h2>${t("person.facts")}</h2>
      <${PersonFields} person=${NOBODY} problem=${problem} />
      <h3>${t("goals.title")}</h3>
      <${Field} label=${t("goals.lines")} hint=${t("goals.lines.hint")} name="goals" lines=${4} problem=${problem} />
      <div class="actions"><button class="primary" disabled=${busy}>${t("mentees.add")}</button><a class="button" href="/mentees">${t("action.cancel")}</a></div>
    </form>`;
}

/** @param {string} id */
export const menteeEditNeeds = (id) => [{ path: `/mentees/${id}` }, { path: `/mentees/${id}/goals` }];

/** @param {{id: string}} props */
export function MenteeEdit({ id }) {
  const asked = useAnswer(/** @returns {Promise<Schemas["MenteeView"]>} */ (signal) => call("GET", `/mentees/${id}`, { signal }), id);
  const above = html`<p class="kicker"><a href=${`/mentees/${id}`}>${asked.value?.name ?? t("mentee.title")}</a></p>`;
  if (asked.problem && !asked.value) return html`<${Heading} title=${t("person.title")} /><${Failed} problem=${asked.problem} again=${asked.again} />`;
  if (!asked.value) return html`<${Loading} />`;
  const mentee = asked.value;
  return html`
    <${Heading} title=${t("person.edit", { name: mentee.name })} above=${above}><${Mentors} mentee=${mentee} changed=${asked.again} /><//>
    <${NoMail} mentee=${mentee} changed=${asked.again} />
    <${Facts} mentee=${mentee} changed=${asked.again} />
    <${GoalsEdited} mentee=${mentee} changed=${asked.again} />
    <${Keeping} mentee=${mentee} changed=${asked.again} />`;
}

/** @param {{mentee: Schemas["MenteeView"], changed: () => void}} props */
function Facts({ mentee, changed }) {
  const { form, busy, problem, before, clash, submit, insist, give, version } = useFacts(mentee, changed);
  return html`<section aria-labelledby="facts-title"><h2 id="facts-title">${t("person.facts")}</h2>
    <form key=${`${version}`} class="sheet wide-form" ref=${form} onSubmit=${submit} aria-labelledby="facts-title">
      <${FormProblem} problem=${problem} />
      ${clash && html`<${Clash} before=${before} clash=${personOf(clash)} insist=${insist} give=${give} />`}
      <${PersonFields} person=${before} problem=${problem} />
      <div class="actions"><button class="primary" disabled=${busy}>${t("person.save")}</button></div>
    </form></section>`;
}

/** What is changed is kept, unless somebody else was quicker: then it is kept on top of theirs, or given up. @param {Schemas["MenteeView"]} mentee @param {() => void} changed */
function useFacts(mentee, changed) {
  const { form, busy, problem, send, forgive } = useSending();
  const [base, setBase] = useState(mentee);
  const [clash, setClash] = useState(/** @type {Schemas["MenteeView"] | null} */ (null));
  const before = personOf(base);

  /** @param {Partial<import("../parts/person.js").Person>} changes @param {number} version @param {Schemas["MenteeView"]} from */
  const keep = (changes, version, from) =>
    send(async () => {
      try {
        const after = /** @type {Schemas["MenteeView"]} */ (await call("PATCH", `/mentees/${mentee.id}`, { body: changes, version }));
        setBase(after);
        setClash(null);
        changed();
        const back = differing(personOf(after), personOf(from));
        say(t("person.saved"), () => call("PATCH", `/mentees/${mentee.id}`, { body: back, version: after.version }).then((/** @type {Schemas["MenteeView"]} */ undone) => (setBase(undone), changed(), say(t("decision.undone")))));
      } catch (error) {
        if (/** @type {any} */ (error).status !== 412) throw error;
        setClash(await call("GET", `/mentees/${mentee.id}`));
      }
    });
  /** @param {Event} event */
  const submit = (event) => {
    const changes = differing(before, personIn(given(event), base.languages));
    if (Object.keys(changes).length) keep(changes, mentee.version, mentee);
    else say(t("person.nothing_changed"));
  };
  const insist = () => clash && form.current && keep(differing(before, personIn(new FormData(form.current), base.languages)), clash.version, clash);
  const give = () => {
    if (clash) setBase(clash);
    setClash(null);
    forgive();
    changed();
  };
  return { form, busy, problem, before, clash, submit, insist, give, version: base.version };
}

/**
 * Somebody else was quicker: what they changed, and the two ways on. What was typed stands until one is chosen.
 *
 * @param {{before: import("../parts/person.js").Person, clash: import("../parts/person.js").Person, insist: () => void, give: () => void}} props
 */
function Clash({ before, clash, insist, give }) {
  const what = Object.keys(differing(before, clash)).map((fact) => named("fact", fact));
  return html`<div class="notice mind" role="alert"><strong>${t("clash.title")}</strong>
    <p>${what.length ? t("clash.what", { what: listed(what) }) : t("clash.elsewhere")} ${t("clash.yours")}</p>
    <div class="actions"><button type="button" onClick=${insist}>${t("clash.insist")}</button><button type="button" onClick=${give}>${t("clash.give")}</button></div></div>`;
}

/** @param {{mentee: Schemas["MenteeView"], changed: () => void}} props */
function Keeping({ mentee, changed }) {
  const [erasing, setErasing] = useState(false);
  /** @param {boolean} archived @param {number} version */
  const archive = async (archived, version) => {
    try {
      const after = await call("PATCH", `/mentees/${mentee.id}`, { body: { archived }, version });
      changed();
      say(t(archived ? "person.archived" : "person.restored", { name: mentee.name }), () => archive(!archived, after.version));
    } catch (error) {
      sayProblem(error);
      changed();
    }
  };
  const gone = Boolean(mentee.archived_at);
  return html`<section aria-labelledby="keeping-title"><h2 id="keeping-title">${t("keeping.title")}</h2>
    <dl class="deeds sheet">
      <div><dt><a class="button" href=${`/mentees/${mentee.id}/shown`}>${t("shown.open")}</a></dt><dd>${t("shown.open.why")}</dd></div>
      <div><dt><a class="button" href=${`/v1/mentees/${mentee.id}/export`} download="mentee.json">${t("keeping.export")}</a></dt><dd>${t("keeping.export.why")}</dd></div>
      <${NoteBounce} mentee=${mentee} changed=${changed} />
      <div><dt><button type="button" onClick=${() => archive(!gone, mentee.version)}>${t(gone ? "keeping.restore" : "keeping.archive")}</button></dt><dd>${t(gone ? "keeping.restore.why" : "keeping.archive.why")}</dd></div>
      <div><dt><button type="button" class="danger" onClick=${() => setErasing(true)}>${t("keeping.erase")}…</button></dt><dd>${t("keeping.erase.why")}</dd></div>
    </dl>
    ${erasing && html`<${Erase} mentee=${mentee} close=${() => setErasing(false)} />`}
  </section>`;
}
