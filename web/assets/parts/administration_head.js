/** What is around every view of the administration: its name, the way to the others, and whom it is for. */
import { html } from "../html.js";
import { t } from "../words.js";
import { Heading, NoAccess } from "./states.js";

const TABS = /** @type {const} */ (["people", "programmes", "mentoring", "record"]);
/** @typedef {typeof TABS[number]} Tab */

/** @param {Tab} tab */
const addressOf = (tab) => (tab === "people" ? "/administration" : `/administration/${tab}`);

/** Nothing of it is drawn, and so nothing asked for, for who administers nothing. @param {{me: import("../api.js").Schemas["Me"], tab: Tab, children?: unknown}} props */
export const Administration = ({ me, tab, children }) => html`
  <${Heading} title=${t(`administration.${tab}`)} above=${html`<p class="kicker"><a href="/settings">${t("settings.title")}</a> · ${t("administration.title")}</p>`}>${me.role !== "mentor" && html`<p class="quiet">${t(`administration.${tab}.about`)}</p>`}<//>
  ${me.role === "mentor"
    ? html`<${NoAccess} />`
    : html`<nav class="tabs" aria-label=${t("administration.title")}>${TABS.map(
          (one) => html`<a key=${one} href=${addressOf(one)} aria-current=${one === tab ? "page" : undefined}>${t(`administration.${one}`)}</a>`,
        )}</nav>
        ${children}`}`;
