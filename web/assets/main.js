/** The page starts here: its language, who is signed in, which view the address asks for. */
import { render } from "preact";
import { useEffect, useErrorBoundary, useState } from "preact/hooks";
import { followLink, go, here, useAddress } from "./address.js";
import { askAhead, call, forgetAhead, whoAmI } from "./api.js";
import { keepFocus } from "./focus.js";
import { html } from "./html.js";
import { keepShell } from "./installing.js";
import { asProblem } from "./loading.js";
import { Opened } from "./parts/opened.js";
import { Shell } from "./parts/shell.js";
import { Failed, Loading } from "./parts/states.js";
import { sayProblem } from "./parts/toast.js";
import { load, viewAt } from "./routes.js";
import { SignIn, goWhereWanted } from "./views/sign_in.js";
import { NotFound } from "./views/not_found.js";
import { shown, speak, wanted } from "./words.js";

/** @typedef {import("./api.js").Schemas} Schemas */

function Page() {
  const address = useAddress();
  const [language, setLanguage] = useState(shown);
  /** @param {string} locale */
  const speaking = (locale) => speak(locale).then(() => setLanguage(shown()), sayProblem);
  const found = viewAt(address);
  if (found && isForAll(found)) return html`<${Opened} key=${language} found=${found} address=${address} around=${Narrow} />`;
  return html`<${SignedIn} address=${address} language=${language} speaking=${speaking} />`;
}

/** @param {import("./routes.js").Found} found */
const isForAll = (found) => !found.route.section;

/** Where there is no shell: before somebody is signed in. @param {{children?: unknown}} props */
const Narrow = ({ children }) => html`<main class="narrow">${children}</main>`;

/** @param {{address: URL, language: string, speaking: (locale: string) => Promise<void>}} props */
function SignedIn({ address, language, speaking }) {
  const [me, setMe] = useState(/** @type {Schemas["Me"] | null | undefined} */ (undefined));
  const [problem, setProblem] = useState(/** @type {import("./api.js").Problem | null} */ (null));
  const [ended, setEnded] = useState(false);
  /** @param {Schemas["Me"] | null} found */
  const take = async (found) => {
    if (found) {
      setEnded(false);
      goWhereWanted();
      await speaking(wanted(found.locale));
    } else forgetAhead();
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
    const expired = () => setMe((was) => (was && setEnded(true), null)); // who comes for the first time was never in
    addEventListener("opportune:signed-out", expired);
    addEventListener("opportune:me", ask);
    return () => {
      removeEventListener("opportune:signed-out", expired);
      removeEventListener("opportune:me", ask);
    };
  }, []);
  if (problem) return html`<${Narrow}><${Failed} problem=${problem} again=${ask} /><//>`;
  if (me === undefined) return html`<${Narrow}><${Loading} /><//>`;
  if (me === null) return html`<${SignIn} key=${language} onSignedIn=${ask} ended=${ended} />`;
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
  const view = found ? html`<${Opened} key=${address.pathname} found=${found} me=${me} address=${address} />` : html`<${NotFound} />`;
  return html`<${Shell} me=${me} section=${found?.route.section} signOut=${signOut} speak=${speak}>
    ${error ? html`<${Failed} problem=${asProblem(error)} again=${forgive} />` : view}
  <//>`;
}

/**
 * The words and the view's modules come first; then everything that the first view waits for is asked for at once: who
 * is signed in, and its data.
 */
async function start() {
  const address = here();
  const found = viewAt(address);
  const view = found && load(found.route).catch(() => null); // told where it is opened
  const speaking = speak(wanted());
  const needs = (await found?.route.load().catch(() => null))?.needs; // which wait for no words
  if (!found || !isForAll(found)) askAhead([{ path: "/me" }, ...(found && needs ? needs(found.id, address) : [])]);
  await Promise.all([speaking, view]);
  document.addEventListener("click", followLink);
  keepFocus();
  const root = document.getElementById("page");
  root?.replaceChildren();
  if (root) render(html`<${Page} />`, root);
}

start().catch((error) => {
  console.error(error);
  document.getElementById("failed")?.removeAttribute("hidden");
});
