/**
 * Templates of words for people, as the policy writes them: "{last_7_days:visit} to pricing in the last 7 days, the last {ago} ago".
 * `{name}` stands for what is told of a feature; a count may be told with its noun, `{count:visit}` or `{count:reply|replies}`.
 */

/** What may be told of a feature. Counts are numbers of something; the others are text. */
export const PLACEHOLDERS = {
  text: { isCount: false },
  label: { isCount: false },
  value: { isCount: false },
  ago: { isCount: false },
  count: { isCount: true },
  last_7_days: { isCount: true },
  last_30_days: { isCount: true },
  days: { isCount: true },
} as const

type Placeholder = keyof typeof PLACEHOLDERS

/** What is known to tell. A count of 0 and what does not apply are left out: there is nothing to tell. */
export type Told = Readonly<Partial<Record<Placeholder, number | string>>>

interface Slot {
  readonly name: Placeholder
  /** Of one; null: the number alone. */
  readonly noun: string | null
  /** Of several; null: by the rules of English. */
  readonly plural: string | null
}

/** Text and placeholders, in order. */
export type WordingTemplate = readonly (string | Slot)[]

const PART = /\{([^{}]*)\}|([^{}]+)|([{}])/g
const SLOT = /^([a-z0-9_]+)(?::([^|:]+)(?:\|([^|:]+))?)?$/

/** The template, or what is wrong with it: what is allowed, and what was given. */
export function parseTemplate(
  text: string,
): { readonly template: WordingTemplate } | { readonly fault: string } {
  const parts: (string | Slot)[] = []
  for (const [whole, inside, words] of text.matchAll(PART)) {
    if (words !== undefined) {
      parts.push(words)
      continue
    }
    if (inside === undefined) {
      return {
        fault: `has a "${whole}" without its other half; a placeholder is written {count}. Given: ${JSON.stringify(text)}.`,
      }
    }
    const slot = slotOf(inside)
    if ('fault' in slot) return slot
    parts.push(slot)
  }
  return { template: parts }
}

function slotOf(inside: string): Slot | { readonly fault: string } {
  const [, name = '', noun = null, plural = null] = SLOT.exec(inside) ?? []
  if (!isPlaceholder(name)) {
    const allowed = Object.keys(PLACEHOLDERS).map((one) => `{${one}}`)
    return {
      fault: `has an unknown placeholder {${inside}}; allowed: ${allowed.join(', ')}, and a count with its noun: {count:visit}.`,
    }
  }
  if (noun !== null && !PLACEHOLDERS[name].isCount) {
    return { fault: `gives {${name}} a noun; only counts have one. Given: {${inside}}.` }
  }
  return { name, noun, plural }
}

function isPlaceholder(name: string): name is Placeholder {
  return Object.hasOwn(PLACEHOLDERS, name)
}
