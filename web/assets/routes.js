/**
 * Which view an address shows. A new view is one file in `views/` and one line here; a section of the navigation
 * is one line in `parts/shell.js`.
 *
 * A view's modules are fetched when its address is first opened. The service reads these lines too (`web/modules.py`):
 * it names the modules of the address that is asked for in the page, so that they come together with everything else.
 */

import { speakOffice } from "./words.js";

/** @typedef {import("./api.js").Need} Need */

/**
 * A view is given `{id, me, address}`: the pattern's group, who is signed in, and the address with its filters.
 *
 * @typedef {{view: (props: any) => unknown, needs?: (id: string, address: URL) => Need[]}} Loaded
 *   `needs` is what the view will ask the API for, asked while the page starts
 * @typedef {{pattern: RegExp, section?: string, office?: boolean, load: () => Promise<Loaded>}} Route
 *   `section` is its place in the navigation; a view without one is for everybody, signed in or not; those of the
 *   `office` have words of their own
 * @typedef {{route: Route, id: string}} Found
 */

/** @type {Route[]} */
const VIEWS = [
  { pattern: /^\/$/, section: "today", load: () => import("./views/today.js").then(({ Today, todayNeeds }) => ({ view: Today, needs: todayNeeds })) },
  { pattern: /^\/mentees$/, section: "mentees", load: () => import("./views/mentees.js").then(({ Mentees, menteesNeeds }) => ({ view: Mentees, needs: menteesNeeds })) },
  { pattern: /^\/mentees\/new$/, section: "mentees", office: true, load: () => import("./views/mentee_edit.js").then(({ MenteeAdded }) => ({ view: MenteeAdded })) },
  { pattern: /^\/mentees\/import$/, section: "mentees", office: true, load: () => import("./views/import.js").then(({ Import }) => ({ view: Import })) },
  { pattern: /^\/mentees\/([\w-]+)\/edit$/, section: "mentees", office: true, load: () => import("./views/mentee_edit.js").then(({ MenteeEdit, menteeEditNeeds }) => ({ view: MenteeEdit, needs: menteeEditNeeds })) },
  { pattern: /^\/mentees\/([\w-]+)\/shown$/, section: "mentees", office: true, load: () => import("./views/shown.js").then(({ Shown, shownNeeds }) => ({ view: Shown, needs: shownNeeds })) },
  { pattern: /^\/mentees\/([\w-]+)$/, section: "mentees", load: () => import("./views/mentee.js").then(({ Mentee, menteeNeeds }) => ({ view: Mentee, needs: menteeNeeds })) },
  { pattern: /^\/mentees\/([\w-]+)\/meeting$/, section: "mentees", office: true, load: () => import("./views/meeting.js").then(({ Meeting, meetingNeeds }) => ({ view: Meeting, needs: meetingNeeds })) },
  { pattern: /^\/opportunities$/, section: "search", load: () => import("./views/search.js").then(({ Search, searchNeeds }) => ({ view: Search, needs: searchNeeds })) },
  { pattern: /^\/opportunities\/([\w-]+)$/, section: "search", load: () => import("./views/opportunity.js").then(({ Opportunity, opportunityNeeds }) => ({ view: Opportunity, needs: opportunityNeeds })) },
  { pattern: /^\/forwarded$/, section: "forwarded", load: () => import("./views/forwarded.js").then(({ Forwarded, forwardedNeeds }) => ({ view: Forwarded, needs: forwardedNeeds })) },
  { pattern: /^\/sources$/, section: "sources", office: true, load: () => import("./views/sources.js").then(({ Sources, sourcesNeeds }) => ({ view: Sources, needs: sourcesNeeds })) },
  { pattern: /^\/watched$/, section: "watched", office: true, load: () => import("./views/watched.js").then(({ Watched, watchedNeeds }) => ({ view: Watched, needs: watchedNeeds })) },
  { pattern: /^\/settings$/, section: "settings", office: true, load: () => import("./views/settings.js").then(({ Settings }) => ({ view: Settings })) },
  { pattern: /^\/settings\/templates$/, section: "settings", office: true, load: () => import("./views/templates.js").then(({ Templates, templatesNeeds }) => ({ view: Templates, needs: templatesNeeds })) },
  { pattern: /^\/settings\/access$/, section: "settings", office: true, load: () => import("./views/access.js").then(({ Access, accessNeeds }) => ({ view: Access, needs: accessNeeds })) },
  { pattern: /^\/settings\/feeds$/, section: "settings", office: true, load: () => import("./views/feeds.js").then(({ FeedsView, feedsNeeds }) => ({ view: FeedsView, needs: feedsNeeds })) },
  { pattern: /^\/settings\/webhooks$/, section: "settings", office: true, load: () => import("./views/webhooks.js").then(({ WebhooksView, webhooksNeeds }) => ({ view: WebhooksView, needs: webhooksNeeds })) },
  { pattern: /^\/administration$/, section: "settings", office: true, load: () => import("./views/people.js").then(({ People, peopleNeeds }) => ({ view: People, needs: peopleNeeds })) },
  { pattern: /^\/administration\/programmes$/, section: "settings", office: true, load: () => import("./views/programmes.js").then(({ Programmes, programmesNeeds }) => ({ view: Programmes, needs: programmesNeeds })) },
  { pattern: /^\/administration\/mentoring$/, section: "settings", office: true, load: () => import("./views/mentoring.js").then(({ Mentoring, mentoringNeeds }) => ({ view: Mentoring, needs: mentoringNeeds })) },
  { pattern: /^\/administration\/record$/, section: "settings", office: true, load: () => import("./views/record.js").then(({ Record, recordNeeds }) => ({ view: Record, needs: recordNeeds })) },
  { pattern: /^\/review$/, section: "review", office: true, load: () => import("./views/review.js").then(({ Review, reviewNeeds }) => ({ view: Review, needs: reviewNeeds })) },

  // For everybody. A reply link's token stands behind the #, so that it is in no Referer and in no log of this page.
  // Asking for the reply names it in a path: the service's own log writes routes, not addresses; a proxy in front must
  // be told to leave /v1/replies/ out.
  { pattern: /^\/reply$/, load: () => import("./views/reply.js").then(({ Reply }) => ({ view: Reply })) },
  { pattern: /^\/coverage$/, office: true, load: () => import("./views/coverage.js").then(({ Coverage }) => ({ view: Coverage })) },
  { pattern: /^\/unsubscribe$/, load: () => import("./views/unsubscribe.js").then(({ Unsubscribe }) => ({ view: Unsubscribe })) },
  { pattern: /^\/invitation$/, load: () => import("./views/taking_up.js").then(({ Invitation }) => ({ view: Invitation })) },
  { pattern: /^\/new-password$/, load: () => import("./views/taking_up.js").then(({ NewPassword }) => ({ view: NewPassword })) },
];

/** @param {URL} address @returns {Found | null} */
export function viewAt(address) {
  for (const route of VIEWS) {
    const match = address.pathname.match(route.pattern);
    if (match) return { route, id: match[1] ?? "" };
  }
  return null;
}

/** @type {Map<Route, Loaded>} the views whose modules are there */
const loaded = new Map();

/** @param {Route | undefined} route @returns {Loaded | undefined} */
export const loadedOf = (route) => route && loaded.get(route);

/** Fetch a view's modules and words, once. @param {Route} route @returns {Promise<Loaded>} */
export async function load(route) {
  const [found] = await Promise.all([route.load(), route.office && speakOffice()]);
  loaded.set(route, found);
  return found;
}
