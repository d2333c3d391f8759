/** The head of every settings view: its name, and the way to the others. */
import { html } from "../html.js";
import { t } from "../words.js";
import { Heading } from "./states.js";

const TABS = /** @type {const} */ (["you", "templates", "access", "feeds", "webhooks"]);
/** @typedef {typeof TABS[number]} Tab */

/** @param {Tab} tab */
const addressOf = (tab) => (tab === "you" ? "/settings" : `/settings/${tab}`);

/** Coordinators find the administration beside their own settings. @param {{me: import("../api.js").Schemas["Me"], tab: Tab, children?: unknown}} props */
export const SettingsHead = ({ me, tab, children }) => html`
  <${Heading} title=${t(`settings.${tab}`)} above=${html`<p class="kicker">${t("settings.title")}</p>`}>${children}<//>
  <nav class="tabs" aria-label=${t("settings.title")}>${TABS.map(
    (one) => html`<a key=${one} href=${addressOf(one)} aria-current=${one === tab ? "page" : undefined}>${t(`settings.${one}`)}</a>`,
  )}${me.role !== "mentor" && html`<a href="/administration">${t("administration.title")}</a>`}</nav>`;
