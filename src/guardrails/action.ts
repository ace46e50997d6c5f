/** The `then` of a rule: `disqualify`, `review`, `{ cap: BAND }`, `{ raise: BAND }` or `{ exclude: [CHANNEL, ...] }`. */
import { suggestion } from '../checked-yaml.ts'

/** What a rule may do, strongest first. */
export const ACTIONS = ['disqualify', 'review', 'cap', 'raise', 'exclude'] as const

export type Action =
  | { readonly kind: 'disqualify' | 'review' }
  /** At most, or at least, this band. */
  | { readonly kind: 'cap' | 'raise'; readonly band: string }
  /** Not by these channels. */
  | { readonly kind: 'exclude'; readonly channels: readonly string[] }

const CHANNEL = /^[a-z][a-z0-9_-]{0,63}$/
const ALLOWED = 'must be one of disqualify, review, { cap: BAND }, { raise: BAND }, { exclude: [CHANNEL] }'

interface WrongAction {
  readonly at: readonly PropertyKey[]
  readonly message: string
}

/** The action as written in YAML, or what is wrong with it. `bands` are those of the policy, the lowest first. */
export function readAction(written: unknown, bands: readonly string[]): Action | WrongAction {
  if (written === undefined) return { at: [], message: `is required and ${ALLOWED}.` }
  if (written === 'disqualify' || written === 'review') return { kind: written }
  const wrong = { at: [], message: `${ALLOWED}. Given: ${shown(written)}.` }
  if (typeof written !== 'object' || written === null || Array.isArray(written)) return wrong
  const entries = Object.entries(written)
  const [kind, operand] = entries[0] ?? []
  if (entries.length !== 1) return wrong
  if (kind === 'cap' || kind === 'raise') {
    if (typeof operand === 'string' && bands.includes(operand)) return { kind, band: operand }
    const near = typeof operand === 'string' ? suggestion(operand, bands) : ''
    const allowed = bands.join(', ') || 'none, no policy was given'
    const message = `must be a band of the policy${near}: ${allowed}. Given: ${shown(operand)}.`
    return { at: [kind], message }
  }
  if (kind === 'exclude') {
    const channels: readonly unknown[] = [operand].flat()
    if (channels.length > 0 && channels.every(isChannel)) return { kind, channels }
    const allowed =
      'must be a channel or a list of channels, such as [email, phone]: small letters, digits, - and _'
    return { at: [kind], message: `${allowed}. Given: ${shown(operand)}.` }
  }
  return wrong
}

function isChannel(value: unknown): value is string {
  return typeof value === 'string' && CHANNEL.test(value)
}

function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value)
  return text.length > 80 ? `${text.slice(0, 77)}...` : text
}
