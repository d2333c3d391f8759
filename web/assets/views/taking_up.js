/** Doors that a link opens, for people without a session: taking up an invitation, and choosing a new password. */
import { useEffect, useState } from "preact/hooks";
import { go, here } from "../address.js";
import { call } from "../api.js";
import { Door } from "../parts/door.js";
import { html } from "../html.js";
import { t } from "../words.js";

/** The token stands in the fragment, which browsers send to nobody; it leaves the address bar at once. @param {string} path */
function useToken(path) {
  const [token] = useState(() => here().hash.slice(1));
  useEffect(() => history.replaceState(null, "", path), []);
  return token;
}

/** @param {Record<string, unknown>} body */
const accept = (body) => call("POST", "/invitations/accept", { body }).then(() => go("/", { replace: true }));

export function Invitation() {
  const token = useToken("/invitation");
  /** @param {FormData} given */
  const take = (given) => accept({ token, password: given.get("password"), ...(given.get("name") ? { name: given.get("name") } : {}) });
  return html`<${Door} title=${t("door.invited")} button=${t("door.save")} fields=${["name", "new_password"]} isLost=${!token} submit=${take}><p class="quiet small">${t("door.invited.about")}</p><//>`;
}

export function NewPassword() {
  const token = useToken("/new-password");
  /** @param {FormData} given */
  const take = (given) => accept({ token, password: given.get("password"), keep_programs: given.has("keep_programs") });
  return html`<${Door} title=${t("door.choose_password")} button=${t("door.save")} fields=${["new_password"]} isLost=${!token} submit=${take}
    after=${html`<label class="check"><input type="checkbox" name="keep_programs" /> ${t("door.keep_programs")}</label><p class="quiet small">${t("door.keep_programs.about")}</p>`}><p class="quiet small">${t("door.choose.about")}</p><//>`;
}
