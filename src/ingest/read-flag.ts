/** True and false as programs and people write them. */

/** Of spreadsheets in German, French, Spanish, Italian and Dutch, too: they write WAHR where the CRM wrote TRUE. */
const WORDS: ReadonlyMap<string, boolean> = new Map([
  ...'true t yes y 1 1.0 wahr ja vrai oui verdadero sí si vero sì waar'
    .split(' ')
    .map((word) => [word, true] as const),
  ...'false f no n 0 0.0 falsch nein faux non falso onwaar nee'
    .split(' ')
    .map((word) => [word, false] as const),
])

/** null for anything else. */
export function flagOf(text: string): boolean | null {
  return WORDS.get(text.trim().toLowerCase().normalize('NFC')) ?? null
}

/** What is said of anything else, after the text. */
export const NO_FLAG = 'is neither true nor false (yes, no, 1 and 0 are read as well)'
