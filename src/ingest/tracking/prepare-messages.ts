/** From what a request holds to messages that can be written, and those that cannot, with the reason. */
import type { RejectedMessage } from '../../db/rejected-messages.ts'
import { normaliseMail } from '../mail-address.ts'
import { isTooDeep, keepableText } from '../wire/keepable-json.ts'
import {
  type Delivery,
  type Fields,
  MOST_MESSAGE_BYTES,
  readMessage,
  type TrackingMessage,
} from '../wire/message.ts'

export interface PreparedMessages {
  readonly messages: readonly TrackingMessage[]
  readonly rejected: readonly TurnedDown[]
}

/** With what else may name somebody, who may have been erased. */
export interface TurnedDown extends RejectedMessage {
  readonly previousId: string | null
}

export function prepareMessages(given: readonly unknown[], delivery: Delivery): PreparedMessages {
  const messages: TrackingMessage[] = []
  const rejected: TurnedDown[] = []
  for (const one of given) {
    const read = readMessage(one, delivery)
    if ('reason' in read) rejected.push(rejection(one, read.reason, delivery))
    else messages.push(read)
  }
  return { messages, rejected }
}

function rejection(given: unknown, reason: string, { source, receivedAt }: Delivery): TurnedDown {
  const fields: Fields = typeof given === 'object' && given !== null ? { ...given } : {}
  const email = textAt(fields, 'traits', 'email') ?? textAt(fields, 'context', 'traits', 'email')
  return {
    receivedAt,
    source,
    reason: keepableText(reason),
    userId: idText(fields['userId']),
    anonymousId: idText(fields['anonymousId']),
    previousId: idText(fields['previousId']),
    email: email === null ? null : normaliseMail(email),
    message: keptText(given),
  }
}

/** JSON as it came, without the key by which it came. What is too deep to be walked through is not kept. */
function keptText(given: unknown): string {
  if (isTooDeep(given)) return 'null'
  const json = JSON.stringify(given, (name, value: unknown) => (name === 'writeKey' ? undefined : value))
  return keepableText(json.slice(0, MOST_MESSAGE_BYTES))
}

function idText(value: unknown): string | null {
  return typeof value === 'string' || typeof value === 'number'
    ? keepableText(String(value).trim()).slice(0, 255)
    : null
}

/** The text at this path; null when there is none. */
function textAt(value: unknown, ...path: readonly string[]): string | null {
  let at = value
  for (const step of path) {
    if (typeof at !== 'object' || at === null) return null
    at = (at as Fields)[step]
  }
  return typeof at === 'string' ? at : null
}
