/** The page starts here: who is signed in, which view the address asks for. */
import { render } from "preact";
import { useEffect, useErrorBoundary, useState } from "preact/hooks";
import { followLink, go, useAddress } from "./address.js";
import { call, whoAmI } from "./api.js";
import { html } from "./html.js";
import { asProblem } from "./loading.js";
import { Shell } from "./parts/shell.js";
import { Failed, Loading } from "./parts/states.js";
import { Coverage } from "./views/coverage.js";
import { Forwarded } from "./views/forwarded.js";
import { Mentee } from "./views/mentee.js";
import { Mentees } from "./views/mentees.js";
import { NotFound } from "./views/not_found.js";
import { Opportunity } from "./views/opportunity.js";
import { Reply } from "./views/reply.js";
import { Review } from "./views/review.js";
import { Search } from "./views/search.js";
import { Invitation, SignIn } from "./views/sign_in.js";
import { Sources } from "./views/sources.js";
import { Watched } from "./views/watched.js";

/** @typedef {import("./api.js").Schemas} Schemas */

/** Views that need someone to be signed in: pattern, view, and what is its place in the navigation. */
const VIEWS = [
  { pattern: /^\/(?:mentees)?$/, view: Mentees, section: "mentees" },
  { pattern: /^\/mentees\/([\w-]+)$/, view: Mentee, section: "mentees" },
  { pattern: /^\/opportunities$/, view: Search, section: "search" },
  { pattern: /^\/opportunities\/([\w-]+)$/, view: Opportunity, section: "search" },
  { pattern: /^\/forwarded$/, view: Forwarded, section: "forwarded" },
  { pattern: /^\/sources$/, view: Sources, section: "sources" },
  { pattern: /^\/watched$/, view: Watched, section: "watched" },
  { pattern: /^\/review$/, view: Review, section: "review" },
];

function Page() {
  const address = useAddress();
  // Behind the # the token is in no Referer and in no log of this page. Asking for the reply names it in a path:
  // the service's own log writes routes, not addresses; a proxy in front must be told to leave /v1/replies/ out.
  if (address.pathname === "/reply") return html`<${Reply} token=${address.hash.slice(1)} />`;
  if (address.pathname === "/coverage") return html`<${Coverage} />`;
  if (address.pathname === "/invitation") return html`<${Invitation} />`;
  return html`<${SignedIn} address=${address} />`;
}

/** @param {{address: URL}} props */
function SignedIn({ address }) {
  const [me, setMe] = useState(/** @type {Schemas["Me"] | null | undefined} */ (undefined));
  const [problem, setProblem] = useState(/** @type {import("./api.js").Problem | null} */ (null));
  const ask = () => {
    setProblem(null);
    whoAmI().then(setMe, (error) => setProblem(asProblem(error)));
  };
  useEffect(ask, []);
  useEffect(() => {
    const expired = () => setMe(null);
    addEventListener("opportune:signed-out", expired);
    return () => removeEventListener("opportune:signed-out", expired);
  }, []);
  if (problem) return html`<main class="narrow"><${Failed} problem=${problem} again=${ask} /></main>`;
  if (me === undefined) return html`<main class="narrow"><${Loading} what="Opportune" /></main>`;
  if (me === null) return html`<${SignIn} onSignedIn=${ask} />`;
  const signOut = () => call("POST", "/sign-out").catch(() => null).then(() => (setMe(null), go("/")));
  return html`<${View} me=${me} address=${address} signOut=${signOut} />`;
}

/** @param {{me: Schemas["Me"], address: URL, signOut: () => void}} props */
function View({ me, address, signOut }) {
  const [error, forgive] = useErrorBoundary();
  useEffect(() => {
    if (error) forgive();
  }, [address.pathname]);
  const found = VIEWS.map((entry) => ({ ...entry, match: address.pathname.match(entry.pattern) })).find(({ match }) => match);
  const view = found
    ? html`<${found.view} key=${address.pathname} id=${found.match?.[1]} me=${me} address=${address} />`
    : html`<${NotFound} />`;
  return html`<${Shell} me=${me} section=${found?.section} signOut=${signOut}>
    ${error ? html`<${Failed} problem=${asProblem(error)} again=${forgive} />` : view}
  <//>`;
}

document.addEventListener("click", followLink);
const root = document.getElementById("page");
if (root) {
  root.replaceChildren();
  render(html`<${Page} />`, root);
}
