/**
 * Dates, places and money as a mentor reads them.
 *
 * A date without a time is never shown with one; an instant is shown in the page's own zone and in the
 * reader's. `now` is passed in.
 *
 * @typedef {import("./api.js").Schemas} Schemas
 */
import { listed, t, tag } from "./words.js";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** IANA has no name for "anywhere on Earth"; the sign of Etc/GMT is inverted: this is UTC-12. */
const ANYWHERE_ON_EARTH = "Etc/GMT+12";

/**
 * One formatter for each language and set of options: making one takes longer than fifty rows take to draw.
 *
 * @template Options, Format
 * @param {(locale: string, options: Options) => Format} make
 * @returns {(options?: Options) => Format}
 */
function once(make) {
  /** @type {Map<string, Format>} */
  const made = new Map();
  return (options = /** @type {Options} */ ({})) => {
    const key = tag() + JSON.stringify(options);
    const format = made.get(key) ?? make(tag(), options);
    made.set(key, format);
    return format;
  };
}

const dates = once((locale, /** @type {Intl.DateTimeFormatOptions} */ options) => new Intl.DateTimeFormat(locale, options));
const numbers = once((locale, /** @type {Intl.NumberFormatOptions} */ options) => new Intl.NumberFormat(locale, options));
const relatives = once((locale) => new Intl.RelativeTimeFormat(locale, { numeric: "always" }));
const regions = once((locale) => new Intl.DisplayNames(locale, { type: "region" }));

/** @param {string} isoDate */
const noon = (isoDate) => new Date(`${isoDate}T12:00:00Z`);

/** @param {string} isoDate @param {boolean} [weekday] */
export const day = (isoDate, weekday = true) =>
  dates({ weekday: weekday ? "short" : undefined, day: "numeric", month: "short", year: "numeric", timeZone: "UTC" }).format(noon(isoDate));

/** The day of an instant where the reader is, or in a zone. @param {string} instant @param {boolean} [weekday] @param {string} [timeZone] */
export const dayOf = (instant, weekday = true, timeZone) =>
  dates({ weekday: weekday ? "short" : undefined, day: "numeric", month: "short", year: "numeric", timeZone }).format(new Date(instant));

/** @param {string} isoDate @param {"long" | "short"} [style] without the year when short */
export const month = (isoDate, style = "long") =>
  dates({ month: style, year: style === "long" ? "numeric" : undefined, timeZone: "UTC" }).format(noon(isoDate));

/** @param {string} instant @param {string} [zone] */
export function instantIn(instant, zone) {
  const timeZone = zone === "AoE" ? ANYWHERE_ON_EARTH : zone;
  return dates({ weekday: "short", day: "numeric", month: "short", year: "numeric", hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone }).format(new Date(instant));
}

/** The time of day where the reader is. @param {string} instant */
export const clock = (instant) => dates({ hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).format(new Date(instant));

/** @param {string} instant */
export const shortInstant = (instant) => instantIn(instant);

/**
 * A moment exactly as well as it is known.
 *
 * @param {Schemas["MomentView"]} moment
 * @returns {string}
 */
export function moment(moment) {
  if (moment.precision === "instant" && moment.at) {
    const zone = moment.zone ?? "UTC";
    const there = instantIn(moment.at, zone);
    const yours = instantIn(moment.at);
    return there === yours ? t("moment.zoned", { moment: there, zone: zoneName(zone) }) : t("moment.both", { moment: there, zone: zoneName(zone), yours });
  }
  if (moment.precision === "local_time" && moment.on && moment.clock) return t("moment.no_zone", { day: day(moment.on), clock: moment.clock.slice(0, 5) });
  if (moment.precision === "month" && moment.on) return month(moment.on);
  return moment.on ? day(moment.on) : `“${moment.quote}”`;
}

/**
 * When something opens, starts and ends, as far as that is known.
 *
 * @param {Pick<Schemas["OpportunityView"], "opens" | "starts" | "ends">} row
 */
export const moments = ({ opens, starts, ends }) =>
  [
    { name: t("field.opens"), value: opens },
    { name: t("field.starts"), value: starts },
    { name: t("field.ends"), value: ends },
  ].flatMap(({ name, value }) => (value ? [{ name, value }] : []));

/** @param {string} zone */
const zoneName = (zone) => (zone === "AoE" ? t("moment.aoe") : zone.replaceAll("_", " "));

/**
 * How far an instant is: "in 12 days", "in 5 hours", "3 days ago".
 *
 * @param {string} instant
 * @param {Date} now
 */
export function distance(instant, now) {
  const milliseconds = new Date(instant).getTime() - now.getTime();
  const words = relatives();
  if (Math.abs(milliseconds) < 90_000) return t("moment.just_now");
  if (Math.abs(milliseconds) < 2 * HOUR) return words.format(Math.trunc(milliseconds / 60_000), "minute");
  if (Math.abs(milliseconds) < 2 * DAY) return words.format(Math.trunc(milliseconds / HOUR), "hour");
  return words.format(Math.trunc(milliseconds / DAY), "day");
}

/**
 * What a row says about time.
 *
 * @param {Pick<Schemas["OpportunityRow"], "status" | "deadline" | "closes_at" | "timing"> & Partial<Pick<Schemas["OpportunityRow"], "expected" | "forgotten">>} row
 * @param {Date} now
 * @returns {{absolute: string, relative: string}}
 */
export function deadline(row, now) {
  const relative = row.closes_at ? distance(row.closes_at, now) : "";
  if (row.deadline) return { absolute: t(`deadline.by.${row.deadline.purpose}`, { moment: moment(row.deadline) }), relative };
  if (row.expected) return { absolute: expected(row.expected), relative: distance(`${row.expected.on}T12:00:00Z`, now) };
  if (row.forgotten) return { absolute: t("deadline.forgotten"), relative: "" };
  if (row.status === "rolling") return { absolute: t("deadline.rolling"), relative: "" };
  return { absolute: t("deadline.unknown"), relative: "" };
}

/**
 * When an edition that is not announced yet is expected to close.
 *
 * @param {Schemas["ExpectedView"]} window
 */
export function expected(window) {
  const around = t("expected.around", { day: day(window.on, false), count: Math.round(window.days / 7) });
  const years = listed([...new Set(window.seen.map((seen) => seen.slice(0, 4)))]);
  return window.years > 1 ? t("expected.every", { around, count: window.years, years }) : t("expected.from", { around, years });
}

/** @param {string} code */
export function country(code) {
  try {
    return regions().of(code) ?? code;
  } catch {
    return code;
  }
}

/** @param {Pick<Schemas["OpportunityRow"], "places" | "remote">} row */
export function places(row) {
  const named = row.places.map((place) => [place.city, place.country ? country(place.country) : ""].filter(Boolean).join(", "));
  if (row.remote) named.push(t("place.online"));
  return [...new Set(named.filter(Boolean))].join(" · ") || t("place.unknown");
}

/**
 * The amounts, each once: several pages of one thing repeat them, one says for how long and another what for. Where two
 * say different purposes the amount is said without one. Those that are what the funding itself means need no purpose;
 * beside it stand the others: what is paid in a call that costs something, say.
 *
 * @param {Schemas["MoneyView"][]} amounts @param {string} funding
 * @returns {{own: string[], others: string[]}}
 */
export function moneys(amounts, funding) {
  /** @type {Schemas["MoneyView"][]} */
  const once = [];
  for (const money of amounts) {
    const at = once.findIndex((one) => isSameAmount(one, money));
    if (at < 0) once.push(money);
    else once[at] = together(/** @type {Schemas["MoneyView"]} */ (once[at]), money);
  }
  const isOwn = (/** @type {Schemas["MoneyView"]} */ { purpose }) => purpose === funding || (funding === "fee" && purpose === "article_charge");
  const own = once.filter(isOwn).map((one) => money(one.purpose === funding ? { ...one, purpose: "other" } : one));
  return { own: own.filter(Boolean), others: once.filter((one) => !isOwn(one)).map(money).filter(Boolean) };
}

/** @param {Schemas["MoneyView"]} money as long as it says nothing else, it is in all */
const per = (money) => (money.per === "total" ? null : money.per);

/** @param {Schemas["MoneyView"]} a @param {Schemas["MoneyView"]} b */
const isSameAmount = (a, b) => a.low === b.low && a.high === b.high && a.currency === b.currency && (per(a) === per(b) || !per(a) || !per(b));

/** @param {Schemas["MoneyView"]} a @param {Schemas["MoneyView"]} b @returns {Schemas["MoneyView"]} */
function together(a, b) {
  const purposes = [...new Set([a.purpose, b.purpose])].filter((purpose) => purpose !== "other");
  return { ...a, per: per(a) ?? b.per, purpose: purposes.length === 1 && purposes[0] ? purposes[0] : "other" };
}

/** @param {Schemas["MoneyView"]} money */
export function money(money) {
  const number = (/** @type {number} */ amount) =>
    money.currency
      ? numbers({ style: "currency", currency: money.currency, maximumFractionDigits: Number.isInteger(amount) ? 0 : 2 }).format(amount)
      : numbers({}).format(amount);
  const known = [...new Set([money.low, money.high].filter((amount) => amount !== null && amount !== undefined))].map(number);
  const [low = "", high] = known;
  if (!low) return "";
  const isCeiling = (money.low ?? null) === null;
  const range = high ? t("money.range", { low, high }) : isCeiling ? t("money.up_to", { amount: low }) : low;
  const amount = money.per && money.per !== "total" ? t(`money.per.${money.per}`, { amount: range }) : range;
  return t(`money.for.${money.purpose}`, { amount });
}
