/** One entry of the record, as a sentence: when, who, as whom, what, and about which. */
import { go } from "../address.js";
import { clock } from "../format.js";
import { html } from "../html.js";
import { named, t } from "../words.js";

/** @typedef {import("../api.js").Schemas} Schemas */

/** The date of an instant where the reader is. @param {string} instant */
export const localDay = (instant) => {
  const at = new Date(instant);
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 10);
};

/** @param {{entry: Schemas["AuditEntryView"]}} props */
export const RecordLine = ({ entry }) => html`<li class="row">
  <time class="quiet small" datetime=${entry.at}>${clock(entry.at)}</time>
  <p><strong>${whoOf(entry.actor)}</strong> ${named("deed", entry.action)}${entry.result !== "ok" && html` <span class="tag failed">${named("record.result", entry.result)}</span>`}
    ${entry.actor.person && entry.actor.kind !== "mentor" && html` <span class="quiet small">${named("record.via", entry.actor.kind)}</span>`}</p>
  <${About} entry=${entry} />
</li>`;

/** @param {Schemas["AuditActor"]} actor */
const whoOf = (actor) => actor.person?.name || (actor.kind === "mentor" ? t("record.somebody") : named("record.by", actor.kind));

/** @type {Record<string, (id: string) => string>} where the page shows a thing */
const SHOWN_AT = { mentee: (id) => `/mentees/${id}`, opportunity: (id) => `/opportunities/${id}` };

/** What it was done to, and the way to all that was done to it. @param {{entry: Schemas["AuditEntryView"]}} props */
function About({ entry: { object_type: type, object_id: id, mentee } }) {
  if (!id) return null;
  const words = mentee ? mentee.name : named("thing", type);
  const address = SHOWN_AT[type]?.(id);
  const only = () => go(`/administration/record?object_id=${encodeURIComponent(id)}`);
  return html`<p class="small about">${address ? html`<a href=${address}>${words}</a>` : words}${!mentee && html` <code class="quiet">${id.slice(-6)}</code>`}
    <button type="button" class="plain small" onClick=${only}>${t("record.all_about")}<span class="unseen"> ${words} ${id.slice(-6)}</span></button></p>`;
}
