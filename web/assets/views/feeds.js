/** Feeds for a calendar or a reader: made for a mentee or for a filter, their addresses shown once, revoked at will. */
import { useState } from "preact/hooks";
import { call } from "../api.js";
import { dayOf } from "../format.js";
import { html } from "../html.js";
import { useAnswer } from "../loading.js";
import { MenteeChooser } from "../parts/choosing_mentees.js";
import { Field, FormProblem } from "../parts/fields.js";
import { Narrowing, narrowed, narrowingIn } from "../parts/narrowing.js";
import { Ending, Once } from "../parts/once.js";
import { SettingsHead } from "../parts/settings_head.js";
import { Answered, Empty } from "../parts/states.js";
import { say } from "../parts/toast.js";
import { given, text, useSending } from "../sending.js";
import { t } from "../words.js";

/** @typedef {import("../api.js").Schemas} Schemas */

export const feedsNeeds = () => [{ path: "/feeds" }];

/** @param {{me: Schemas["Me"]}} props */
export function FeedsView({ me }) {
  const list = useAnswer(/** @returns {Promise<Schemas["Feeds"]>} */ (signal) => call("GET", "/feeds", { signal }), "feeds");
  const [made, setMade] = useState(/** @type {Schemas["NewFeed"] | null} */ (null));
  /** @param {Schemas["NewFeed"]} feed */
  const took = (feed) => (setMade(feed), list.again());
  return html`
    <${SettingsHead} me=${me} tab="feeds"><p class="quiet">${t("feeds.about")}</p><//>
    ${made
      ? html`<${Once} title=${t("feeds.made", { name: called(made) })} done=${() => setMade(null)} secrets=${[{ name: t("feeds.ics"), value: made.addresses.ics }, { name: t("feeds.rss"), value: made.addresses.rss }, { name: t("feeds.json"), value: made.addresses.json_feed }]} />`
      : html`<${NewFeed} made=${took} />`}
    <${Answered} asked=${list}>${(/** @type {Schemas["Feeds"]} */ page) =>
      page.items.length ? html`<ul class="rows" aria-label=${t("settings.feeds")}>${page.items.map((feed) => html`<${Feed} key=${feed.id} feed=${feed} changed=${list.again} />`)}</ul>` : html`<${Empty} title=${t("feeds.none")}>${t("feeds.none.why")}<//>`}<//>`;
}

/** @param {Schemas["FeedView"] | Schemas["NewFeed"]} feed */
const called = (feed) => feed.name || feed.mentee?.name || t(`feeds.what.${feed.what}`);

/** @param {{feed: Schemas["FeedView"], changed: () => void}} props */
const Feed = ({ feed, changed }) => html`<li class="row"><article aria-labelledby=${feed.id}>
  <h2 id=${feed.id} tabindex="-1">${called(feed)} ${feed.revoked_at && html`<span class="tag failed">${t("key_state.revoked")}</span>`}</h2>
  <p class="quiet small">${[feed.mentee ? t("feeds.of", { name: feed.mentee.name }) : t("feeds.what.opportunities"), ...narrowed(feed.filters), t("feeds.since", { day: dayOf(feed.created_at) })].join(" · ")}</p>
  ${!feed.revoked_at && html`<${Ending} label=${t("access.revoke")} about=${called(feed)} why=${t("feeds.revoke.why")} act=${() => call("DELETE", `/feeds/${feed.id}`).then(() => (changed(), say(t("access.revoked", { name: called(feed) }))))} />`}
</article></li>`;

/** @param {{made: (feed: Schemas["NewFeed"]) => void}} props */
function NewFeed({ made }) {
  const { form, busy, problem, send } = useSending();
  /** @param {Event} event */
  const make = (event) => {
    const data = given(event);
    const mentee = text(data, "mentee_id");
    const { mentee_id: _, ...filters } = narrowingIn(data); // here the field says whose list it is, and is no filter
    const words = text(data, "q");
    const body = { what: mentee ? "recommendations" : "opportunities", mentee_id: mentee, name: text(data, "name") ?? "", filters: mentee || !words ? filters : { ...filters, q: words } };
    return send(async () => made(await call("POST", "/feeds", { body })));
  };
  return html`<details class="sheet"><summary>${t("feeds.new")}</summary><form ref=${form} class="wide-form" onSubmit=${make} aria-label=${t("feeds.new")}>
    <${FormProblem} problem=${problem} />
    <div class="fields">
      <${MenteeChooser} label=${t("feeds.shows")} hint=${t("feeds.shows.hint")} none=${t("feeds.what.opportunities")} />
      <${Field} label=${t("feeds.name")} hint=${t("feeds.name.hint")} name="name" maxlength="100" autocomplete="off" problem=${problem} />
      <${Field} label=${t("feeds.words")} hint=${t("feeds.words.hint")} name="q" maxlength="200" autocomplete="off" problem=${problem} pointer="/filters/q" />
    </div>
    <${Narrowing} />
    <button class="primary" disabled=${busy}>${t("feeds.make")}</button></form></details>`;
}
