/** How text from the wild is made comparable. */

/** Longer values are no categories, titles or names. */
const LONGEST = 200

/** Trimmed, in lower case, with single spaces and one form for look-alike characters. Empty for nothing. */
export function normaliseText(text: string): string {
  return text.slice(0, LONGEST).normalize('NFKC').trim().replace(/\s+/g, ' ').toLowerCase()
}
