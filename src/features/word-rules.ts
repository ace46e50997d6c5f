/** Tables of words and phrases, compiled to one expression each. */

/** Longer texts are cut: nobody's title or wish needs more, and matching stays cheap on hostile input. */
const LONGEST = 4_000

/** Letters that have no plain form in Unicode's tables. */
const PLAIN: Readonly<Record<string, string>> = { ß: 'ss', ł: 'l', ø: 'o', æ: 'ae', œ: 'oe', đ: 'd', ı: 'i' }

/**
 * Lower case, without accents and punctuation, words parted by one space: "Geschäftsführer/in" gives "geschaftsfuhrer in",
 * "C.E.O." gives "ceo".
 */
export function plainWords(text: string): string {
  return text
    .slice(0, LONGEST)
    .toLowerCase()
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .replace(/[ßłøæœđı]/g, (letter) => PLAIN[letter] ?? letter)
    .replace(/(?<![\p{L}\p{N}])(?:\p{L}\.){2,}/gu, (letters) => letters.replaceAll('.', ''))
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}

/**
 * An expression that finds any of the phrases as whole words in `plainWords`. Phrases are parted by commas, in lower case and
 * without punctuation; `*` stands for any letters, none included.
 */
export function anyOf(phrases: string): RegExp {
  const alternatives = phrases
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .split(',')
    .map((phrase) => phrase.trim().replace(/\s+/g, ' '))
    .filter((phrase) => phrase !== '')
    .map((phrase) => phrase.replaceAll('*', '\\p{L}*'))
  return new RegExp(`(?<=^| )(?:${alternatives.join('|')})(?= |$)`, 'u')
}

/** A name for a text, by the first of the rules that matches. */
export interface WordRule<Name extends string> {
  readonly name: Name
  readonly phrases: string
}

/** Compiles the rules; the function gives the name of the first that matches `plainWords`. */
export function firstMatch<Name extends string>(
  rules: readonly WordRule<Name>[],
): (words: string) => Name | undefined {
  const compiled = rules.map(({ name, phrases }) => ({ name, expression: anyOf(phrases) }))
  return (words) => compiled.find(({ expression }) => expression.test(words))?.name
}
