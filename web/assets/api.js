/**
 * The client of the public API. Everything the page knows comes through `call`, so that what the page
 * can do, any other client can do.
 *
 * @typedef {import("../api.js").components["schemas"]} Schemas
 */
import { hasWords, named, spoken, t } from "./words.js";

/** An error that the API explained (RFC 9457), or that the network caused (`code` is "offline"). */
export class Problem extends Error {
  /** @param {{code: string, title: string, detail: string, status: number, errors?: {pointer: string, detail: string}[]}} document */
  constructor(document) {
    super(document.detail || document.title);
    this.code = document.code;
    this.title = document.title;
    this.status = document.status;
    this.errors = document.errors ?? [];
  }
}

/** What is said when nothing answers. */
export const unreachable = () => new Problem({ code: "offline", title: t("problem.offline.title"), detail: t("problem.offline"), status: 0 });

/** @typedef {{query?: URLSearchParams, body?: unknown, table?: Blob | string, asTable?: boolean, idempotencyKey?: string, version?: number | "*", signal?: AbortSignal}} Options */

/** @type {Map<string, Promise<any>>} answers asked for before their view was there */
const ahead = new Map();

/**
 * Call the API and return its JSON answer. Throws `Problem`. With `version` the change is refused (412) when
 * somebody else was quicker. `table` is sent as a CSV file in place of a body; `asTable` asks for one, and gives its text.
 *
 * @param {"GET" | "POST" | "PUT" | "PATCH" | "DELETE"} method
 * @param {string} path
 * @param {Options} [options]
 * @returns {Promise<any>}
 */
export function call(method, path, options = {}) {
  const address = addressOf(path, options.query);
  const asked = method === "GET" ? ahead.get(address) : undefined;
  ahead.delete(address);
  return asked ?? request(method, address, options);
}

/**
 * Ask for what a view will need before it is there, so that the first view costs one round trip.
 *
 * @param {readonly Need[]} needs
 * @typedef {{path: string, query?: URLSearchParams}} Need
 */
export function askAhead(needs) {
  for (const { path, query } of needs) {
    const address = addressOf(path, query);
    const answer = request("GET", address, {});
    answer.catch(() => null); // told where it is used, if it is
    ahead.set(address, answer);
  }
}

/** What was asked ahead as nobody is not the answer for somebody. */
export const forgetAhead = () => ahead.clear();

/** @param {string} path @param {URLSearchParams} [query] */
const addressOf = (path, query) => `/v1${path}${query && query.size ? `?${query}` : ""}`;

/** Who is signed in: that nobody is, is an answer to it. */
const ME = addressOf("/me");

/** Milliseconds from one question to the next while the first press is still being worked on. */
const TURNS = [500, 1000, 2000, 4000];

/**
 * Ask, and ask again with the same key while its first request is not answered: it is the answer to that which comes.
 *
 * @param {string} method @param {string} address @param {Options} options
 */
async function request(method, address, options) {
  for (const turn of TURNS) {
    try {
      return await once(method, address, options);
    } catch (error) {
      if (!(error instanceof Problem) || error.code !== "idempotency-key-in-use") throw error;
    }
    await new Promise((over) => setTimeout(over, turn));
  }
  return once(method, address, options);
}

/** @param {string} method @param {string} address @param {Options} options */
async function once(method, address, { body, table, asTable, idempotencyKey, version, signal }) {
  /** @type {Record<string, string>} */
  const headers = { Accept: asTable ? "text/csv, application/problem+json" : "application/json" };
  if (body !== undefined || table !== undefined) headers["Content-Type"] = table === undefined ? "application/json" : "text/csv";
  if (idempotencyKey) headers["Idempotency-Key"] = idempotencyKey;
  if (version !== undefined) headers["If-Match"] = version === "*" ? version : `"${version}"`;
  let response;
  try {
    response = await fetch(address, { method, headers, body: table ?? (body === undefined ? null : JSON.stringify(body)), signal: signal ?? null });
  } catch (error) {
    if (signal?.aborted) throw error;
    await spoken;
    throw unreachable();
  }
  if (response.status === 204) return null;
  if (response.ok && asTable) return response.text();
  const answer = await response.json().catch(() => null);
  if (response.ok) return answer;
  if (response.status === 401 && answer?.code !== "wrong-credentials" && !(method === "GET" && address === ME)) dispatchEvent(new Event("opportune:signed-out"));
  await spoken;
  throw new Problem(answer?.code ? inWords(answer) : { code: "unexpected", title: t("problem.unexpected.title"), detail: t("problem.unexpected", { status: String(response.status) }), status: response.status });
}

/**
 * A problem in the page's own words where its code has some. What the API says about this very case stays as it is.
 *
 * @param {{code: string, title: string, detail: string, status: number, errors?: {pointer: string, detail: string}[]}} document
 */
function inWords(document) {
  const title = hasWords(`problem.${document.code}.title`) ? named("problem", `${document.code}.title`) : document.title;
  return { ...document, title, detail: hasWords(`problem.${document.code}`) ? named("problem", document.code) : document.detail };
}

/** @returns {Promise<Schemas["Me"] | null>} who is signed in, or null */
export async function whoAmI() {
  try {
    return await call("GET", "/me");
  } catch (error) {
    if (error instanceof Problem && error.status === 401) return null;
    throw error;
  }
}
