/** My reminders about one mentee, by the day they fall on as things stand now. */
import { useState } from "preact/hooks";
import { call } from "../api.js";
import { day } from "../format.js";
import { html } from "../html.js";
import { usePages } from "../loading.js";
import { t } from "../words.js";
import { RemindDialog } from "./remind.js";
import { Answered, More } from "./states.js";
import { say, sayProblem } from "./toast.js";

/** @typedef {import("../api.js").Schemas} Schemas */

/** @param {{mentee: Schemas["Person"]}} props */
export function Reminders({ mentee }) {
  const list = /** @type {ReturnType<typeof usePages<Schemas["ReminderPage"]>>} */ (usePages("/reminders", new URLSearchParams({ mentee_id: mentee.id })));
  const [moving, setMoving] = useState(/** @type {Schemas["ReminderView"] | null} */ (null));
  /** @param {Schemas["ReminderView"]} one */
  const done = ({ id, version }) =>
    call("PATCH", `/reminders/${id}`, { body: { done: true }, version }).then((changed) => {
      list.again();
      say(t("today.seen_to"), () => call("PATCH", `/reminders/${id}`, { body: { done: false }, version: changed.version }).then(list.again));
    }, (error) => (sayProblem(error), list.again()));
  return html`<section aria-labelledby="reminders"><h2 id="reminders">${t("remind.list")}</h2>
    <${Answered} asked=${list} rows=${1}>${(/** @type {Schemas["ReminderPage"]} */ page) =>
      page.items.length
        ? html`<ul class="plain-list">${page.items.map((one) => html`<li key=${one.id}>
            <p><strong class=${one.due ? "mind" : ""}>${one.day ? day(one.day) : t("remind.day_gone")}</strong> <a href=${`/opportunities/${one.opportunity.id}`}>${one.opportunity.title}</a></p>
            ${one.text && html`<p>${one.text}</p>`}
            ${one.asked_by_mentee && html`<p class="quiet small">${t("remind.asked_by", { name: mentee.name })}</p>`}
            ${one.moved_from && html`<p class="mind small">${t("remind.moved_from", { day: day(one.moved_from) })}</p>`}
            <div class="actions"><button type="button" onClick=${() => done(one)}>${t("today.done_with")}<span class="unseen"> ${one.opportunity.title}</span></button>
              <button type="button" class="plain" onClick=${() => setMoving(one)}>${t("remind.move")}…<span class="unseen"> ${one.opportunity.title}</span></button></div>
          </li>`)}</ul>`
        : html`<p class="quiet">${t("remind.none")}</p>`}<//>
    <${More} list=${list} />
    ${moving && html`<${RemindDialog} mentee=${mentee} opportunity=${moving.opportunity} reminder=${moving} done=${() => (setMoving(null), list.again())} close=${() => setMoving(null)} />`}
  </section>`;
}
