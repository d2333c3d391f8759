/**
 * Dates, places and money as a mentor reads them.
 *
 * A date without a time is never shown with one; an instant is shown in the page's own zone and in the
 * reader's. `now` is passed in.
 *
 * @typedef {import("./api.js").Schemas} Schemas
 */
import { KIND, PURPOSE } from "./words.js";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** IANA has no name for "anywhere on Earth"; the sign of Etc/GMT is inverted: this is UTC-12. */
const ANYWHERE_ON_EARTH = "Etc/GMT+12";

/** The reader's own variety of the page's language: a British browser shows British dates. */
const locale = () => {
  const language = document.documentElement.lang || "en";
  return navigator.languages.find((own) => own.split("-")[0] === language) ?? language;
};

/** @param {string} isoDate @param {boolean} [weekday] */
export function day(isoDate, weekday = true) {
  const noon = new Date(`${isoDate}T12:00:00Z`);
  return new Intl.DateTimeFormat(locale(), { weekday: weekday ? "short" : undefined, day: "numeric", month: "short", year: "numeric", timeZone: "UTC" }).format(noon);
}

/** @param {string} instant @param {string} [zone] */
export function instantIn(instant, zone) {
  const timeZone = zone === "AoE" ? ANYWHERE_ON_EARTH : zone;
  return new Intl.DateTimeFormat(locale(), { weekday: "short", day: "numeric", month: "short", year: "numeric", hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone }).format(new Date(instant));
}

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
    const there = `${instantIn(moment.at, moment.zone ?? "UTC")} ${zoneName(moment.zone ?? "UTC")}`;
    const yours = instantIn(moment.at);
    return there.startsWith(yours) ? there : `${there} (${yours} your time)`;
  }
  if (moment.precision === "local_time" && moment.on && moment.clock) return `${day(moment.on)}, ${moment.clock.slice(0, 5)} (zone not stated)`;
  if (moment.precision === "month" && moment.on) return new Intl.DateTimeFormat(locale(), { month: "long", year: "numeric", timeZone: "UTC" }).format(new Date(`${moment.on}T12:00:00Z`));
  return moment.on ? day(moment.on) : `“${moment.quote}”`;
}

/** @param {string} zone */
const zoneName = (zone) => (zone === "AoE" ? "AoE (anywhere on Earth)" : zone.replaceAll("_", " "));

/**
 * How far an instant is: "in 12 days", "in 5 hours", "3 days ago".
 *
 * @param {string} instant
 * @param {Date} now
 */
export function distance(instant, now) {
  const milliseconds = new Date(instant).getTime() - now.getTime();
  const words = new Intl.RelativeTimeFormat(locale(), { numeric: "always" });
  if (Math.abs(milliseconds) < 90_000) return "just now";
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
  if (row.deadline) {
    const what = PURPOSE[row.deadline.purpose] ?? "Apply";
    return { absolute: `${what} by ${moment(row.deadline)}`, relative };
  }
  if (row.expected) return { absolute: expected(row.expected), relative: distance(`${row.expected.on}T12:00:00Z`, now) };
  if (row.forgotten) return { absolute: "Listed nowhere for 60 days, and no deadline was found: it may be over", relative: "" };
  if (row.status === "rolling") return { absolute: "Rolling: apply at any time", relative: "" };
  return { absolute: "No deadline found: check the page", relative: "" };
}

/**
 * When an edition that is not announced yet is expected to close.
 *
 * @param {Schemas["ExpectedView"]} window
 */
export function expected(window) {
  const weeks = Math.round(window.days / 7);
  const years = [...new Set(window.seen.map((seen) => seen.slice(0, 4)))].join(", ");
  const every = window.years > 1 ? ` every ${window.years} years` : "";
  return `Expected around ${day(window.on, false)} ± ${weeks} ${weeks === 1 ? "week" : "weeks"},${every} from ${years}`;
}

/** @param {string} code */
export function country(code) {
  try {
    return new Intl.DisplayNames(locale(), { type: "region" }).of(code) ?? code;
  } catch {
    return code;
  }
}

/** @param {Pick<Schemas["OpportunityRow"], "places" | "remote">} row */
export function places(row) {
  const named = row.places.map((place) => [place.city, place.country ? country(place.country) : ""].filter(Boolean).join(", "));
  if (row.remote) named.push("Online");
  return [...new Set(named.filter(Boolean))].join(" · ") || "Place not stated";
}

/** @param {Schemas["MoneyView"]} money */
export function money(money) {
  const number = (/** @type {number} */ amount) =>
    money.currency
      ? new Intl.NumberFormat(locale(), { style: "currency", currency: money.currency, maximumFractionDigits: 0 }).format(amount)
      : new Intl.NumberFormat(locale()).format(amount);
  const amounts = [money.low, money.high].filter((amount) => amount !== null && amount !== undefined).map(number);
  const isCeiling = (money.low ?? null) === null && amounts.length === 1;
  const range = isCeiling ? `up to ${amounts[0]}` : [...new Set(amounts)].join(" to ");
  const per = money.per && money.per !== "total" ? ` a ${money.per}` : "";
  return range ? `${range}${per} ${money.purpose.replace("_", " ")}` : "";
}

/** @param {string} kind */
export const kind = (kind) => KIND[kind] ?? kind;
