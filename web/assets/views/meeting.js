/** A sheet of paper for the next meeting with one mentee: what to talk about, what waits for an answer, room for notes. */
import { call } from "../api.js";
import { dayOf, deadline } from "../format.js";
import { html } from "../html.js";
import { useAnswer } from "../loading.js";
import { Failed, Heading, Loading } from "../parts/states.js";
import { t } from "../words.js";

/** @typedef {import("../api.js").Schemas} Schemas */
/** @typedef {{mentee: Schemas["MenteeView"], list: Schemas["RecommendationPage"], sent: Schemas["ForwardPage"]}} Sheet */

const BEST = new URLSearchParams({ limit: "8" });

/** @param {string} id */
export const meetingNeeds = (id) => [{ path: `/mentees/${id}` }, { path: `/mentees/${id}/recommendations`, query: BEST }, { path: "/forwards", query: new URLSearchParams({ mentee_id: id }) }];

/** @param {{id: string, me: Schemas["Me"]}} props */
export function Meeting({ id, me }) {
  const asked = useAnswer(/** @returns {Promise<Sheet>} */ async () => {
    const [mentee, list, sent] = await Promise.all(meetingNeeds(id).map(({ path, query }) => call("GET", path, query ? { query } : {})));
    return { mentee, list, sent };
  }, id);
  if (asked.problem) return html`<${Heading} title=${t("meeting.short")} /><${Failed} problem=${asked.problem} again=${asked.again} />`;
  if (!asked.value) return html`<${Loading} />`;
  const { mentee, list, sent } = asked.value;
  const now = new Date();
  return html`<div class="meeting">
    <div class="heading-row">
      <${Heading} title=${t("meeting.title", { name: mentee.name })}><p class="quiet">${t("meeting.made", { day: dayOf(now.toISOString(), true, me.timezone) })}</p><//>
      <p class="no-print"><button type="button" class="primary" onClick=${() => print()}>${t("meeting.print")}</button> <a class="button" href=${`/mentees/${id}`}>${t("meeting.back", { name: mentee.name })}</a></p>
    </div>
    ${mentee.goals.length > 0 && html`<h2>${t("goals.title")}</h2><ol class="goals">${mentee.goals.map((goal) => html`<li key=${goal.id}>${goal.text}</li>`)}</ol>`}
    ${list.ask && html`<p><strong>${t("meeting.ask")}</strong> ${list.ask.question}</p>`}
    <${Waiting} items=${sent.items} now=${now} />
    <h2 class="part">${t("meeting.talk")}</h2>
    <ol class="rows">${list.items.map((item) => html`<${Line} key=${item.opportunity.id} item=${item} now=${now} />`)}</ol>
    <h2 class="part">${t("meeting.notes")}</h2>
    <div class="lines" aria-hidden="true"></div>
  </div>`;
}

/** @param {{items: Schemas["ForwardView"][], now: Date}} props */
const Waiting = ({ items, now }) =>
  items.length > 0
    ? html`<h2 class="part">${t("meeting.sent")}</h2>
        <ul>${items.map((one) => html`<li key=${one.id}>${one.opportunity.title}: ${one.reply ? t(`answer.${one.reply.answer}`) : t("forwarded.no_answer")}
          <span class="quiet"> ${deadline({ ...one.opportunity, timing: "unknown" }, now).absolute}</span></li>`)}</ul>`
    : null;

/** @param {{item: Schemas["RecommendationView"], now: Date}} props */
function Line({ item, now }) {
  const when = deadline(item.opportunity, now);
  const confirmed = item.eligibility.requirements.find((one) => one.confirmed)?.confirmed;
  return html`<li class="row keep">
    <h3><span class="box" aria-hidden="true"></span><a href=${`/opportunities/${item.opportunity.id}`}>${item.opportunity.title}</a></h3>
    <p class="quiet">${[item.opportunity.organisation, item.opportunity.host].filter(Boolean).join(" · ")}</p>
    <p><strong>${when.absolute}</strong> ${when.relative}</p>
    <p>${t(`verdict.${item.eligibility.verdict}`)}${item.eligibility.question && html` <span class="quiet">${item.eligibility.question}</span>`}${confirmed && html` <span class="quiet">${t("verdict.confirmed", { day: dayOf(confirmed.at, false) })}</span>`}</p>
    ${item.match && html`<p class="quiet">${t("why.serves", { goal: item.match.goal })}</p>`}
  </li>`;
}
