/** Mail addresses and domains in the one form under which they are compared, linked and suppressed. */
import { domainToASCII } from 'node:url'

/**
 * Lower case, without blanks, `mailto:` or a display name; the domain in ASCII (punycode), without a final dot.
 * What stands before the @ keeps its dots and +tags: whether they matter is for the receiver to say. null when it is no address.
 */
export function normaliseMail(text: string): string | null {
  const bracketed = /<([^<>]*)>\s*$/.exec(text)
  const address = (bracketed?.[1] ?? text).trim().replace(/^mailto:/i, '')
  const at = address.lastIndexOf('@')
  const local = address.slice(0, at).normalize('NFC').toLowerCase()
  const domain = normaliseDomain(address.slice(at + 1))
  if (at < 1 || domain === null || local.length > 64 || /[\s\p{Cc}"(),:;<>@[\]\\]/u.test(local)) return null
  return `${local}@${domain}`
}

/** Host name of a domain or an address of the web: lower case, ASCII, without `www.`, port, path or final dot. null when it is none. */
export function normaliseDomain(text: string): string | null {
  const host = text
    .trim()
    .replace(/^[a-z][a-z0-9+.-]*:\/\//i, '')
    .replace(/^[^/?#]*@/, '')
    .replace(/[/?#].*$/s, '')
    .replace(/:\d+$/, '')
  const ascii = domainToASCII(host)
    .replace(/\.$/, '')
    .replace(/^www\./, '')
  const labels = ascii.split('.')
  const valid =
    ascii.length <= 253 &&
    labels.length >= 2 &&
    labels.every((label) => /^[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?$/.test(label)) &&
    !/^\d+$/.test(labels.at(-1)!)
  return valid ? ascii : null
}
