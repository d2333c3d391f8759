/**
 * A dialog of the browser's own: it holds the focus, Escape closes it, and the focus goes back to where it was, or to the
 * row that took its row's place.
 */
import { createPortal } from "preact";
import { useEffect, useId, useRef } from "preact/hooks";
import { html } from "../html.js";
import { useOnline } from "../online.js";
import { t } from "../words.js";
import { focusRow, focused } from "./shortcuts.js";

/**
 * @param {{title: string, close: () => void, children?: unknown}} props
 */
export function Dialog({ title, close, children }) {
  const dialog = useRef(/** @type {HTMLDialogElement | null} */ (null));
  const id = useId();
  const online = useOnline();
  useEffect(() => {
    const before = document.activeElement;
    const place = focused();
    dialog.current?.showModal();
    return () => {
      // The browser has done it where the dialog was closed, and somebody may have gone on since: this runs after a frame.
      const nowhere = document.activeElement === document.body;
      if (nowhere && before instanceof HTMLElement && before.isConnected) before.focus();
      else if (nowhere && place >= 0) focusRow(place);
    };
  }, []);
  return createPortal(
    html`<dialog ref=${dialog} aria-labelledby=${id} onClose=${close}>
      <div class="dialog-head">
        <h2 id=${id}>${title}</h2>
        <button type="button" class="plain" aria-label=${t("action.close")} onClick=${() => dialog.current?.close()}><span aria-hidden="true">✕</span></button>
      </div>
      <fieldset class="whole" role="presentation" disabled=${!online}>${children}</fieldset>
    </dialog>`,
    document.body,
  );
}
