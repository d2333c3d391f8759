// A front-end developer's first hour: sign in, list mentees, follow a ranked list, forward once, handle a problem.
import createClient from "openapi-fetch";
import type { components, paths } from "./api";

type Problem = components["schemas"]["Problem"];
declare const process: { argv: string[] };

const [baseUrl, email, password] = process.argv.slice(2);
if (!baseUrl || !email || !password) throw new Error("give the address of the service, an e-mail address and a password");

/** What was asked for, or an error that names the problem. */
function got<T>(answer: { data?: T; error?: Problem }): T {
  if (answer.data === undefined) throw new Error(`${answer.error?.code}: ${answer.error?.detail} (${answer.error?.request_id})`);
  return answer.data;
}

const api = createClient<paths>({ baseUrl });
const tokens = got(await api.POST("/v1/tokens", { body: { email, password } }));
api.use({
  onRequest({ request }) {
    request.headers.set("Authorization", `Bearer ${tokens.access_token}`);
  },
});

const mentees = got(await api.GET("/v1/mentees", { params: { query: { limit: 10 } } }));
const mentee = mentees.items[0];
if (!mentee) throw new Error("nobody to mentor");
console.log("mentee", mentee.name);

const ranked: components["schemas"]["RecommendationView"][] = [];
let cursor: string | null = null;
do {
  const page: components["schemas"]["RecommendationPage"] = got(
    await api.GET("/v1/mentees/{mentee_id}/recommendations", {
      params: { path: { mentee_id: mentee.id }, query: { limit: 4, cursor, kind: ["fellowship", "workshop"] } },
    }),
  );
  ranked.push(...page.items);
  cursor = page.next;
} while (cursor);
console.log("ranks", ranked.map((one) => one.rank).join(" "));

const best = ranked[0];
if (!best) throw new Error("nothing to go for");
const verdict: "eligible" | "ineligible" | "unknown" = best.eligibility.verdict;
console.log("best", best.opportunity.title, best.opportunity.deadline?.on ?? "no date", verdict);

const forward = () =>
  api.POST("/v1/forwards", {
    params: { header: { "Idempotency-Key": "8e03978e-40d5-43dd-bc93-6894a57f9324" } },
    body: { mentee_id: mentee.id, opportunity_id: best.opportunity.id, channel: "copy", note: "" },
  });
const sent = got(await forward()).items[0];
const again = await forward();
console.log("once", sent?.id === got(again).items[0]?.id, again.response.headers.get("Idempotent-Replayed"));

const refused = await api.GET("/v1/mentees/{mentee_id}", { params: { path: { mentee_id: "mte_nobody" } } });
if (refused.error) {
  const problem: Problem = refused.error;
  console.log("problem", problem.status, problem.code, problem.type.startsWith(baseUrl));
}
