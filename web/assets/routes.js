/**
 * Which view an address shows. A new view is one file in `views/` and one line here; a section of the navigation
 * is one line in `parts/shell.js`.
 */
import { Access, accessNeeds } from "./views/access.js";
import { Coverage } from "./views/coverage.js";
import { FeedsView, feedsNeeds } from "./views/feeds.js";
import { Forwarded, forwardedNeeds } from "./views/forwarded.js";
import { Import } from "./views/import.js";
import { Mentee, menteeNeeds } from "./views/mentee.js";
import { MenteeAdded, MenteeEdit, menteeEditNeeds } from "./views/mentee_edit.js";
import { Meeting, meetingNeeds } from "./views/meeting.js";
import { Mentees, menteesNeeds } from "./views/mentees.js";
import { Opportunity } from "./views/opportunity.js";
import { Reply } from "./views/reply.js";
import { Unsubscribe } from "./views/unsubscribe.js";
import { Review } from "./views/review.js";
import { Settings } from "./views/settings.js";
import { Shown, shownNeeds } from "./views/shown.js";
import { Search, searchNeeds } from "./views/search.js";
import { Sources } from "./views/sources.js";
import { Templates, templatesNeeds } from "./views/templates.js";
import { Today, todayNeeds } from "./views/today.js";
import { WebhooksView, webhooksNeeds } from "./views/webhooks.js";
import { Watched } from "./views/watched.js";

/**
 * A view that needs somebody to be signed in. It is given `{id, me, address}`: the pattern's group, who is signed in,
 * and the address with its filters.
 *
 * @typedef {{pattern: RegExp, view: (props: any) => unknown, section: string, needs?: (id: string, address: URL) => import("./api.js").Need[]}} Route
 *   `section` is its place in the navigation; `needs` what it will ask the API for, asked while the page starts
 */

/** @type {Route[]} */
const VIEWS = [
  { pattern: /^\/$/, view: Today, section: "today", needs: todayNeeds },
  { pattern: /^\/mentees$/, view: Mentees, section: "mentees", needs: menteesNeeds },
  { pattern: /^\/mentees\/new$/, view: MenteeAdded, section: "mentees" },
  { pattern: /^\/mentees\/import$/, view: Import, section: "mentees" },
  { pattern: /^\/mentees\/([\w-]+)\/edit$/, view: MenteeEdit, section: "mentees", needs: menteeEditNeeds },
  { pattern: /^\/mentees\/([\w-]+)\/shown$/, view: Shown, section: "mentees", needs: shownNeeds },
  { pattern: /^\/mentees\/([\w-]+)$/, view: Mentee, section: "mentees", needs: menteeNeeds },
  { pattern: /^\/mentees\/([\w-]+)\/meeting$/, view: Meeting, section: "mentees", needs: meetingNeeds },
  { pattern: /^\/opportunities$/, view: Search, section: "search", needs: searchNeeds },
  { pattern: /^\/opportunities\/([\w-]+)$/, view: Opportunity, section: "search", needs: (id) => [{ path: `/opportunities/${id}` }, { path: `/opportunities/${id}/mentees` }] },
  { pattern: /^\/forwarded$/, view: Forwarded, section: "forwarded", needs: forwardedNeeds },
  { pattern: /^\/sources$/, view: Sources, section: "sources" },
  { pattern: /^\/watched$/, view: Watched, section: "watched" },
  { pattern: /^\/settings$/, view: Settings, section: "settings" },
  { pattern: /^\/settings\/templates$/, view: Templates, section: "settings", needs: templatesNeeds },
  { pattern: /^\/settings\/access$/, view: Access, section: "settings", needs: accessNeeds },
  { pattern: /^\/settings\/feeds$/, view: FeedsView, section: "settings", needs: feedsNeeds },
  { pattern: /^\/settings\/webhooks$/, view: WebhooksView, section: "settings", needs: webhooksNeeds },
  { pattern: /^\/review$/, view: Review, section: "review" },
];

/**
 * Views for everybody, signed in or not.
 *
 * A reply link's token stands behind the #, so that it is in no Referer and in no log of this page. Asking for the
 * reply names it in a path: the service's own log writes routes, not addresses; a proxy in front must be told to
 * leave /v1/replies/ out.
 *
 * @type {Record<string, (props: {address: URL}) => unknown>}
 */
export const OPEN_TO_ALL = { "/reply": Reply, "/coverage": Coverage, "/unsubscribe": Unsubscribe };

/** @param {URL} address */
export function viewAt(address) {
  for (const route of VIEWS) {
    const match = address.pathname.match(route.pattern);
    if (match) return { ...route, id: match[1] ?? "" };
  }
  return null;
}

/** @param {URL} address */
export function needsOf(address) {
  const found = viewAt(address);
  return found?.needs?.(found.id, address) ?? [];
}
