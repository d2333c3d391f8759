/** Words of a page, as text nodes: some of them marked, and what the page has struck out struck out here, too. */
import { html } from "../html.js";
import { t } from "../words.js";

/** As plain text writes what is crossed out: two tildes on each side. */
const STRUCK = /~~(?=\S)([^~\n]+?)(?<=\S)~~/;

/**
 * A page's words. A date that the page has crossed out holds no longer, which is said as well as drawn.
 *
 * @param {string} text @param {(text: string) => unknown} [drawn]
 * @returns {unknown[]}
 */
export const asWritten = (text, drawn = (part) => part) =>
  text.split(STRUCK).map((part, at) => (at % 2 ? html`<s><span class="unseen">${t("quote.struck")} </span>${drawn(part)}</s>` : drawn(part)));

/** @param {{text: string, quiet?: boolean}} props */
export const Quote = ({ text, quiet }) => html`<q class=${quiet ? "quiet" : undefined}>${asWritten(text)}</q>`;

/**
 * Split `sentence` into runs that are or are not one of `words` (whole words, whatever their case).
 *
 * @param {string} sentence
 * @param {readonly string[]} words
 * @returns {{text: string, marked: boolean}[]}
 */
export function runs(sentence, words) {
  const wanted = new Set(words.map((word) => word.toLocaleLowerCase()));
  return sentence
    .split(/([\p{L}\p{N}][\p{L}\p{N}'’-]*)/u)
    .filter(Boolean)
    .map((text) => ({ text, marked: [...wanted].some((word) => sameWord(text.toLocaleLowerCase(), word)) }));
}

/** @param {string} text @param {string} word a word, or the stem of one */
const sameWord = (text, word) => text === word || (word.length >= 5 && text.startsWith(word) && text.length <= word.length + 4);

/** @param {{sentence: string, words: readonly string[]}} props */
export const Marked = ({ sentence, words }) =>
  html`<q>${asWritten(sentence, (part) => runs(part, words).map(({ text, marked }) => (marked ? html`<mark>${text}</mark>` : text)))}</q>`;
