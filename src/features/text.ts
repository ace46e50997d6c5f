/** How text from the wild is made comparable. */

/** Longer values are no categories, titles or names. */
const LONGEST = 200

/** Words of ASCII parted by one space: only the case of their letters can be other than it should be. */
const PLAIN = /^[!-~]+(?: [!-~]+)*$/

/** Trimmed, in lower case, with single spaces and one form for look-alike characters. Empty for nothing. */
export function normaliseText(text: string): string {
  if (text.length <= LONGEST && PLAIN.test(text)) return text.toLowerCase()
  return text.slice(0, LONGEST).normalize('NFKC').trim().replace(/\s+/g, ' ').toLowerCase()
}

/** Names of machines as people read them: `inbound_form` as `inbound form`. What has spaces of its own is no such name. */
export function plainWords(value: string): string {
  const text = value.trim()
  return /\s/.test(text) ? text : text.replace(/(?<=[\p{L}\p{N}])_+(?=[\p{L}\p{N}])/gu, ' ')
}
