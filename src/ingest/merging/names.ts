/** Names of people as they are compared: how they are folded into one form, and how alike two of them are. */

const LETTERS: Readonly<Record<string, string>> = {
  ß: 'ss',
  ø: 'o',
  æ: 'ae',
  œ: 'oe',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ı: 'i',
}

const FORMS_OF_ADDRESS: ReadonlySet<string> = new Set(
  'mr mrs ms miss herr frau dr prof professor ing dipl mag mba phd jr sr ii iii'.split(' '),
)

/**
 * Lower case, without accents, punctuation and forms of address. Words are divided by one blank. '' when nothing is left.
 */
export function foldName(text: string): string {
  const plain = text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[\p{M}'’`´.]/gu, '')
    .replace(/[ßøæœłđðþı]/g, (letter) => LETTERS[letter]!)
  const words = plain.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '')
  const names = words.filter((word) => !FORMS_OF_ADDRESS.has(word))
  return names.join(' ')
}

/** Whether two folded names are one but for how umlauts are written: Müller, Mueller, Muller. */
export function isSameName(a: string, b: string): boolean {
  return a === b || (Math.abs(a.length - b.length) <= 3 && withoutUmlauts(a) === withoutUmlauts(b))
}

function withoutUmlauts(name: string): string {
  return name.replace(/([aou])e/g, '$1')
}

/**
 * - `near`     one slip of the hand apart: two letters swapped, one doubled, lost, added or mistaken
 * - `initial`  one is the first letter of the other
 * - `part`     one has some of the words of the other: Hans and Hans Peter
 * - `unknown`  one is missing
 */
export type NameLikeness = 'same' | 'near' | 'initial' | 'part' | 'different' | 'unknown'

/** Of two folded first names, or two folded last names. */
export function compareNames(a: string, b: string): NameLikeness {
  if (a === '' || b === '') return 'unknown'
  if (isSameName(a, b)) return 'same'
  if (a.length === 1 || b.length === 1) return a[0] === b[0] ? 'initial' : 'different'
  const [shorter, longer] = a.length < b.length ? [a, b] : [b, a]
  const words = longer.split(' ')
  if (words.length > 1 && shorter.split(' ').every((word) => words.includes(word))) return 'part'
  return isSlip(a, b) ? 'near' : 'different'
}

/**
 * Whether one slip makes the one of the other. Not at the first letter, where people look, and none that makes another name of it:
 * a last letter more or less (Paul and Paula), another last letter (Maria and Marie), another letter in a short name (Jan and Jon).
 */
function isSlip(a: string, b: string): boolean {
  const [shorter, longer] = a.length < b.length ? [a, b] : [b, a]
  if (longer.length - shorter.length > 1) return false
  let prefix = 0
  while (prefix < shorter.length && shorter[prefix] === longer[prefix]) prefix++
  let suffix = 0
  while (suffix < shorter.length - prefix && shorter.at(-1 - suffix) === longer.at(-1 - suffix)) suffix++
  if (prefix === 0) return false
  const [left, other] = [
    shorter.slice(prefix, shorter.length - suffix),
    longer.slice(prefix, longer.length - suffix),
  ]
  if (left.length === 0)
    return other.length === 1 && longer.length >= 3 && (suffix > 0 || other === longer[prefix - 1])
  if (left.length === 1) return other.length === 1 && longer.length >= 5 && suffix > 0
  return left.length === 2 && left[0] === other[1] && left[1] === other[0]
}
