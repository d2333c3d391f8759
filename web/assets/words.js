/**
 * The page's words. The API sends codes; what a mentor reads stands in `words/<language>.json`, and comes out through
 * `t`. Plurals, numbers and dates are `Intl`'s. What only the office needs (settings, administration, sources, forms and
 * files) stands in `words/<language>.office.json` and comes with the first of its views: a mentor's day waits for none of it.
 *
 * A catalogue's entry is a sentence with `{names}`, or its plural forms by `Intl.PluralRules` category, chosen by
 * the value `count`.
 *
 * @typedef {keyof typeof import("./words/en.json") | keyof typeof import("./words/en.office.json")} Key
 * @typedef {string | Record<string, string>} Entry
 */

/** The languages there is a catalogue for, each by its own name. */
export const LANGUAGES = { en: "English", es: "Español" };

/** Made from the English catalogue, for tests: accented and longer; and from right to left besides. */
const PSEUDO = { accented: "en-XA", mirrored: "ar-XB" };

/** @type {Record<string, Entry>} */
let words = {};
let language = "en";
const OFFICE = ".office";
/** What there is of each language's words, and of another's once it is chosen. */
const chapters = new Set([""]);
/** @type {Promise<unknown>} */
let office = Promise.resolve();
let pseudo = "";
let plurals = new Intl.PluralRules("en");

/** @type {() => void} */
let begin = () => undefined;
/** Kept once there are words: what goes wrong before is told afterwards. @type {Promise<void>} */
export const spoken = new Promise((kept) => (begin = kept));

/**
 * The tag that `Intl` writes dates and numbers by: the reader's own variety of the page's language, so that a
 * British browser shows British dates.
 */
export const tag = () => navigator.languages.find((own) => own.split("-")[0] === language) ?? language;

/** @returns {string} the language shown now, for the control that changes it */
export const shown = () => pseudo || language;

/**
 * The language to show: what the address asks for in tests (`?locale=`, kept while the tab is open), else the
 * mentor's own, else the first of the browser's that there is a catalogue for.
 *
 * @param {string} [own] the mentor's `locale`
 */
export function wanted(own) {
  const asked = new URL(location.href).searchParams.get("locale");
  if (asked) sessionStorage.setItem("locale", asked);
  const order = [sessionStorage.getItem("locale"), own, ...navigator.languages];
  return order.find((one) => one && (Object.values(PSEUDO).includes(one) || (one.split("-")[0] ?? "") in LANGUAGES)) ?? "en";
}

/**
 * Take a language's catalogue and tell the browser which language and direction the page is in.
 *
 * @param {string} locale as `wanted` found it
 */
export async function speak(locale) {
  const invented = Object.values(PSEUDO).includes(locale) ? locale : "";
  const next = invented ? "en" : (locale.split("-")[0] ?? "en");
  if (next !== language || !Object.keys(words).length) words = await everyChapter(next);
  [language, pseudo, plurals] = [next, invented, new Intl.PluralRules(next)];
  document.documentElement.lang = invented || next;
  document.documentElement.dir = invented === PSEUDO.mirrored ? "rtl" : "ltr";
  begin();
}

/** All that is wanted by the time it is there: a chapter may be asked for meanwhile. @param {string} locale @returns {Promise<Record<string, Entry>>} */
async function everyChapter(locale) {
  const asked = [...chapters];
  const found = await Promise.all(asked.map((chapter) => fetched(locale, chapter)));
  return asked.length === chapters.size ? Object.assign({}, ...found) : everyChapter(locale);
}

/** @param {string} locale @param {string} chapter @returns {Promise<Record<string, Entry>>} */
async function fetched(locale, chapter) {
  const answer = await fetch(`/assets/words/${locale}${chapter}.json`);
  if (!answer.ok) throw new Error(`no catalogue for ${locale}`);
  return answer.json();
}

/** @returns {Promise<unknown>} when the words of the office are there, too */
export function speakOffice() {
  if (chapters.has(OFFICE)) return office;
  chapters.add(OFFICE);
  office = Object.keys(words).length ? officeOf(language) : spoken;
  return office;
}

/** Its words join those of its own language only: another may be spoken by the time they are there. @param {string} locale */
async function officeOf(locale) {
  const found = await fetched(locale, OFFICE);
  if (locale === language) Object.assign(words, found);
}

/**
 * The words for `key`. Numbers among the values are written as the language writes them.
 *
 * @param {Key} key
 * @param {Record<string, string | number>} [values]
 * @returns {string}
 */
export const t = (key, values = {}) => filled(words[key] ?? key, values).join("");

/**
 * The words for `key` with elements among their values: children for a template.
 *
 * @param {Key} key
 * @param {Record<string, unknown>} values
 * @returns {unknown[]}
 */
export const rich = (key, values) => filled(words[key] ?? key, values);

/** @param {string} key */
export const hasWords = (key) => key in words;

/**
 * The words for a code out of an open list, or the code itself when the page does not know it yet.
 *
 * @param {string} list the beginning of the keys, such as "trouble"
 * @param {string} code
 */
export const named = (list, code) => (hasWords(`${list}.${code}`) ? t(/** @type {Key} */ (`${list}.${code}`)) : code.replaceAll("_", " "));

/** @param {readonly string[]} items @param {"conjunction" | "unit"} [type] */
export const listed = (items, type = "conjunction") => new Intl.ListFormat(tag(), { type, style: type === "unit" ? "short" : "long" }).format(items);

/**
 * @param {Entry} entry
 * @param {Record<string, unknown>} values
 * @returns {unknown[]}
 */
function filled(entry, values) {
  const template = typeof entry === "string" ? entry : (entry[plurals.select(Number(values.count))] ?? entry.other ?? "");
  const parts = template.split(/\{(\w+)\}/).map((part, index) => (index % 2 ? written(values[part]) : accented(part)));
  return pseudo ? ["[", ...parts, "~".repeat(template.length / 4), "]"] : parts;
}

/** @param {unknown} value */
const written = (value) => (typeof value === "number" ? new Intl.NumberFormat(tag()).format(value) : value);

const PLAIN = "AaCcEeGgIiNnOoRrSsTtUuYyZz";
const ACCENTED = "ÅåÇçÉéĜĝÎîÑñÖöŔŕŠšŢţÛûÝýŽž";

/** @param {string} text */
const accented = (text) => (pseudo ? text.replace(/[A-Za-z]/g, (letter) => ACCENTED[PLAIN.indexOf(letter)] ?? letter) : text);
