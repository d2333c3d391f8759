/** Handing words over: to a file on the disk, or to the clipboard. */

/**
 * Let the browser save a text as a file.
 *
 * @param {string} name @param {string} content @param {string} [type]
 */
export function saveAs(name, content, type = "text/csv") {
  const address = URL.createObjectURL(new Blob([content], { type }));
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

/** @param {string} words @returns {Promise<boolean>} whether the browser let us */
export const copy = (words) =>
  navigator.clipboard.writeText(words).then(
    () => true,
    () => false,
  );
