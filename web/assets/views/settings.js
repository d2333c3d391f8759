/** One's own settings: name, language, zone, the digest and its hour, keys on or off. */
import { call } from "../api.js";
import { html } from "../html.js";
import { Field, FormProblem } from "../parts/fields.js";
import { NoMailToMe } from "../parts/no_mail.js";
import { SettingsHead } from "../parts/settings_head.js";
import { say } from "../parts/toast.js";
import { given, text, useSending } from "../sending.js";
import { LANGUAGES, t, tag } from "../words.js";

/** @typedef {import("../api.js").Schemas} Schemas */

const RHYTHMS = /** @type {const} */ (["off", "daily", "weekdays", "weekly"]);

/** @param {number} day 0 is Monday */
const weekday = (day) => new Intl.DateTimeFormat(tag(), { weekday: "long", timeZone: "UTC" }).format(new Date(Date.UTC(2024, 0, 1 + day)));
/** @param {number} hour */
const oclock = (hour) => new Intl.DateTimeFormat(tag(), { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone: "UTC" }).format(new Date(Date.UTC(2024, 0, 1, hour)));
/** @param {number} count @param {(at: number) => string} words */
const numbered = (count, words) => Array.from({ length: count }, (_, at) => ({ value: String(at), words: words(at) }));

const LEADS = [1, 3, 7, 14, 30, 60];
/** Days before a deadline; what a program chose is among them. @param {number} own */
const leads = (own) => [...new Set([...LEADS, own])].sort((a, b) => a - b).map((count) => ({ value: String(count), words: t("remind.before", { count }) }));

/** What the form edits: when it changes elsewhere, the form begins anew. */
const EDITED = /** @type {const} */ (["name", "locale", "timezone", "shortcuts", "digest_rhythm", "digest_hour", "digest_weekday", "reminder_lead_days"]);

/** @param {string} own */
function zones(own) {
  const known = Intl.supportedValuesOf("timeZone");
  return [...new Set([own, "UTC", ...known])].sort().map((value) => ({ value, words: value.replaceAll("_", " ") }));
}

/** @param {FormData} data */
const settingsIn = (data) => ({
  name: text(data, "name") ?? "",
  locale: text(data, "locale") ?? "",
  timezone: text(data, "timezone"),
  shortcuts: data.has("shortcuts"),
  digest_rhythm: text(data, "digest_rhythm"),
  digest_hour: Number(data.get("digest_hour")),
  digest_weekday: Number(data.get("digest_weekday")),
  reminder_lead_days: Number(data.get("reminder_lead_days")),
});

/** @typedef {{me: Schemas["Me"], problem: import("../api.js").Problem | null}} Part */

/** @param {{me: Schemas["Me"]}} props */
export function Settings({ me }) {
  const { form, busy, problem, send } = useSending();
  /** @param {Event} event */
  const save = async (event) => {
    const wanted = settingsIn(given(event));
    const before = Object.fromEntries(EDITED.map((name) => [name, me[name]]));
    let version = me.version;
    /** @param {Record<string, unknown>} settings */
    const set = async (settings) => {
      const changed = call("PATCH", "/me", { body: settings, version });
      version = (await changed.finally(() => dispatchEvent(new Event("opportune:me")))).version; // also of another window's
    };
    if (await send(() => set(wanted))) say(t("person.saved"), () => set(before).then(() => say(t("decision.undone"))));
  };
  return html`
    <${SettingsHead} me=${me} tab="you" />
    <${NoMailToMe} me=${me} />
    <form key=${JSON.stringify(EDITED.map((name) => me[name]))} ref=${form} class="wide-form" onSubmit=${save} aria-label=${t("settings.you")}>
      <${FormProblem} problem=${problem} />
      <${AboutYou} me=${me} problem=${problem} />
      <${Digest} me=${me} problem=${problem} />
      <fieldset class="sheet"><legend>${t("remind.list")}</legend>
        <p class="quiet small">${t("settings.reminders.about")}</p>
        <div class="fields"><${Field} label=${t("settings.lead")} name="reminder_lead_days" choices=${leads(me.reminder_lead_days)} defaultValue=${String(me.reminder_lead_days)} problem=${problem} /></div>
      </fieldset>
      <button class="primary" disabled=${busy}>${t("person.save")}</button>
    </form>
    ${me.email_available && html`<p class="quiet small part">${t("settings.quota", { count: me.mail_quota.remaining, limit: me.mail_quota.limit })}</p>`}`;
}

/** @param {Part} props */
const AboutYou = ({ me, problem }) => html`<fieldset class="sheet"><legend>${t("settings.about_you")}</legend>
  <div class="fields">
    <${Field} label=${t("settings.name")} hint=${t("settings.name.hint")} name="name" maxlength="200" required autocomplete="name" defaultValue=${me.name} problem=${problem} />
    <${Field} label=${t("help.language")} name="locale" choices=${[{ value: "", words: t("settings.browsers_language") }, ...Object.entries(LANGUAGES).map(([value, words]) => ({ value, words }))]} defaultValue=${me.locale} problem=${problem} />
    <${Field} label=${t("settings.zone")} name="timezone" choices=${zones(me.timezone)} defaultValue=${me.timezone} problem=${problem} />
  </div>
  <label class="check"><input type="checkbox" name="shortcuts" defaultChecked=${me.shortcuts} /> ${t("help.keys_on")}</label>
</fieldset>`;

/** @param {Part} props */
const Digest = ({ me, problem }) => html`<fieldset class="sheet"><legend>${t("settings.digest")}</legend>
  <p class="quiet small">${t("settings.digest.about")}</p>
  ${!me.email_available && html`<p class="notice mind">${t("settings.no_mail")}</p>`}
  <div class="fields">
    <${Field} label=${t("settings.rhythm")} name="digest_rhythm" choices=${RHYTHMS.map((value) => ({ value, words: t(`rhythm.${value}`) }))} defaultValue=${me.digest_rhythm} problem=${problem} />
    <${Field} label=${t("settings.weekday")} name="digest_weekday" choices=${numbered(7, weekday)} defaultValue=${String(me.digest_weekday)} problem=${problem} />
    <${Field} label=${t("settings.hour")} name="digest_hour" choices=${numbered(24, oclock)} defaultValue=${String(me.digest_hour)} problem=${problem} />
  </div>
</fieldset>`;
