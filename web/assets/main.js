/** The page starts here: its language, who is signed in, which view the address asks for. */
import { render } from "preact";
import { useEffect, useErrorBoundary, useState } from "preact/hooks";
import { followLink, go, here, useAddress } from "./address.js";
import { askAhead, call, forgetAhead, whoAmI } from "./api.js";
import { html } from "./html.js";
import { keepShell } from "./installing.js";
import { asProblem } from "./loading.js";
import { Shell } from "./parts/shell.js";
import { Failed, Loading } from "./parts/states.js";
import { sayProblem } from "./parts/toast.js";
import { OPEN_TO_ALL, needsOf, viewAt } from "./routes.js";
import { Invitation, SignIn } from "./views/sign_in.js";
import { NotFound } from "./views/not_found.js";
import { shown, speak, wanted } from "./words.js";

/** @typedef {import("./api.js").Schemas} Schemas */

function Page() {
  const address = useAddress();
  const [language, setLanguage] = useState(shown);
  /** @param {string} locale */
  const speaking = (locale) => speak(locale).then(() => setLanguage(shown()), sayProblem);
  const Open = OPEN_TO_ALL[address.pathname];
  if (address.pathname === "/invitation") return html`<${Invitation} key=${language} />`;
  if (Open) return html`<${Open} key=${language} address=${address} />`;
  return html`<${SignedIn} address=${address} language=${language} speaking=${speaking} />`;
}

/** @param {{address: URL, language: string, speaking: (locale: string) => Promise<void>}} props */
function SignedIn({ address, language, speaking }) {
  const [me, setMe] = useState(/** @type {Schemas["Me"] | null | undefined} */ (undefined));
  const [problem, setProblem] = useState(/** @type {import("./api.js").Problem | null} */ (null));
  /** @param {Schemas["Me"] | null} found */
  const take = async (found) => {
    if (found) await speaking(wanted(found.locale));
    else forgetAhead();
    setMe(found);
    if (found) installShell();
  };
  const ask = () => {
    setProblem(null);
    return whoAmI()
      .then(take)
      .catch((error) => setProblem(asProblem(error)));
  };
  useEffect(() => {
    ask();
    const expired = () => setMe(null);
    addEventListener("opportune:signed-out", expired);
    addEventListener("opportune:me", ask);
    return () => {
      removeEventListener("opportune:signed-out", expired);
      removeEventListener("opportune:me", ask);
    };
  }, []);
  if (problem) return html`<main class="narrow"><${Failed} problem=${problem} again=${ask} /></main>`;
  if (me === undefined) return html`<main class="narrow"><${Loading} /></main>`;
  if (me === null) return html`<${SignIn} key=${language} onSignedIn=${ask} />`;
  const signOut = () => call("POST", "/sign-out").then(() => (setMe(null), go("/")), sayProblem);
  /** @param {string} locale */
  const choose = (locale) => call("PATCH", "/me", { body: { locale }, version: "*" }).then(take, sayProblem);
  return html`<${View} key=${language} me=${me} address=${address} signOut=${signOut} speak=${choose} />`;
}

let installing = false;

/** After the first view is there, so that it waits for nothing. */
function installShell() {
  if (!installing) setTimeout(keepShell, 2000);
  installing = true;
}

/** @param {{me: Schemas["Me"], address: URL, signOut: () => void, speak: (locale: string) => void}} props */
function View({ me, address, signOut, speak }) {
  const [error, forgive] = useErrorBoundary();
  useEffect(() => {
    if (error) forgive();
  }, [address.pathname]);
  const found = viewAt(address);
  const view = found ? html`<${found.view} key=${address.pathname} id=${found.id} me=${me} address=${address} />` : html`<${NotFound} />`;
  return html`<${Shell} me=${me} section=${found?.section} signOut=${signOut} speak=${speak}>
    ${error ? html`<${Failed} problem=${asProblem(error)} again=${forgive} />` : view}
  <//>`;
}

/** Everything that the first view waits for is asked for at once: its words, who is signed in, and its data. */
async function start() {
  const address = here();
  if (!(address.pathname in OPEN_TO_ALL) && address.pathname !== "/invitation") askAhead([{ path: "/me" }, ...needsOf(address)]);
  await speak(wanted());
  document.addEventListener("click", followLink);
  const root = document.getElementById("page");
  root?.replaceChildren();
  if (root) render(html`<${Page} />`, root);
}

start().catch((error) => {
  console.error(error);
  document.getElementById("failed")?.removeAttribute("hidden");
});
