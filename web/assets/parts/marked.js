/** A sentence with some of its words marked, as text nodes. */
import { html } from "../html.js";

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
  html`<q>${runs(sentence, words).map(({ text, marked }) => (marked ? html`<mark>${text}</mark>` : text))}</q>`;
