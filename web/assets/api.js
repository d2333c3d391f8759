/**
 * The client of the public API. Everything the page knows comes through `call`, so that what the page
 * can do, any other client can do.
 *
 * @typedef {import("../api.js").components["schemas"]} Schemas
 */

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

/**
 * Call the API and return its JSON answer. Throws `Problem`.
 *
 * @param {"GET" | "POST" | "PATCH" | "DELETE"} method
 * @param {string} path
 * @param {{query?: URLSearchParams, body?: unknown, idempotencyKey?: string, signal?: AbortSignal}} [options]
 * @returns {Promise<any>}
 */
export async function call(method, path, { query, body, idempotencyKey, signal } = {}) {
  /** @type {Record<string, string>} */
  const headers = { Accept: "application/json" };
  if (body !== undefined) headers["Content-Type"] = "application/json";
  if (idempotencyKey) headers["Idempotency-Key"] = idempotencyKey;
  const address = `/v1${path}${query && query.size ? `?${query}` : ""}`;
  let response;
  try {
    response = await fetch(address, { method, headers, body: body === undefined ? null : JSON.stringify(body), signal: signal ?? null });
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new Problem({ code: "offline", title: "No connection", detail: "The service could not be reached.", status: 0 });
  }
  if (response.status === 204) return null;
  const answer = await response.json().catch(() => null);
  if (response.ok) return answer;
  throw new Problem(answer?.code ? answer : { code: "unexpected", title: "Something went wrong", detail: `The service answered ${response.status}.`, status: response.status });
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
