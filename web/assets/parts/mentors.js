/** Who mentors somebody: her mentors and the programme's coordinators may ask a colleague in, or let one go. */
import { useState } from "preact/hooks";
import { call } from "../api.js";
import { html } from "../html.js";
import { usePages } from "../loading.js";
import { listed, t } from "../words.js";
import { Dialog } from "./dialog.js";
import { Answered, More } from "./states.js";
import { say, sayProblem } from "./toast.js";

/** @typedef {import("../api.js").Schemas} Schemas */

/** @param {{mentee: Schemas["MenteeView"], changed: () => void}} props */
export function Mentors({ mentee, changed }) {
  const [open, setOpen] = useState(false);
  return html`<p class="quiet small">${t("mentors.are", { names: listed(mentee.mentors.map(({ name }) => name)) || t("mentors.nobody") })}
      <button type="button" class="plain small" onClick=${() => setOpen(true)}>${t("mentors.change")}</button></p>
    ${open && html`<${Choosing} mentee=${mentee} changed=${changed} close=${() => setOpen(false)} />`}`;
}

/** @param {{mentee: Schemas["MenteeView"], changed: () => void, close: () => void}} props */
function Choosing({ mentee, changed, close }) {
  const path = `/mentees/${mentee.id}/mentors`;
  const list = /** @type {ReturnType<typeof usePages<Schemas["MentorChoices"]>>} */ (usePages(path));
  /** Set in its place, however many pages are shown. @param {Schemas["MentorChoice"]} one @param {boolean} mentoring */
  const set = async (one, mentoring) => {
    await call(mentoring ? "PUT" : "DELETE", `${path}/${one.id}`);
    list.change((page) => ({ ...page, items: page.items.map((other) => (other.id === one.id ? { ...other, mentoring } : other)) }));
    changed();
  };
  /** @param {Schemas["MentorChoice"]} one */
  const change = (one) => set(one, !one.mentoring).then(() => say(t(one.mentoring ? "mentors.removed" : "mentors.added", { name: one.name }), () => set(one, one.mentoring)), (error) => (sayProblem(error), list.again()));
  return html`<${Dialog} title=${t("mentors.title", { name: mentee.name })} close=${close}>
    <p class="quiet">${t("mentors.about")}</p>
    <${Answered} asked=${list} rows=${1}>${(/** @type {Schemas["MentorChoices"]} */ page) =>
      page.items.map((one) => html`<label class="check" key=${one.id}><input type="checkbox" checked=${one.mentoring} onChange=${() => change(one)} /> ${one.name}</label>`)}<//>
    <${More} list=${list} />
  <//>`;
}
