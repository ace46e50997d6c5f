/** HTML as text in which everything is escaped that is not known to be markup: names and categories are customers' own. */

export class Markup {
  readonly text: string
  constructor(text: string) {
    this.text = text
  }
}

/** null and false are nothing. */
type Part = Markup | string | number | null | false | readonly Part[]

/** html`<td>${name}</td>`: `name` is escaped, for text and for quoted attributes alike. */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  return new Markup(strings.reduce((text, string, i) => text + asText(parts[i - 1] ?? null) + string))
}

function asText(part: Part): string {
  if (part instanceof Markup) return part.text
  if (part === null || part === false) return ''
  if (typeof part === 'string') return escapeText(part)
  if (typeof part === 'number') return String(part)
  return part.map(asText).join('')
}

const ESCAPED: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** Control characters, and those that turn the direction of what stands beside them, are shown as replaced. A figure and its % stay on one line. */
export function escapeText(text: string): string {
  return text
    .replace(/[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, (mark) =>
      /[\n\t]/.test(mark) ? ' ' : '\ufffd',
    )
    .replace(/(\d) %/g, '$1\u00a0%')
    .replace(/[&<>"']/g, (character) => ESCAPED[character] ?? '')
}
