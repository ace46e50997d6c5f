/** A message of Segment's tracking API, read: the one shape into which every wire format is translated. */
import type { Milliseconds } from '../../glossary.ts'
import { contentHash } from '../content-hash.ts'
import { normaliseMail } from '../mail-address.ts'
import { keepableJson, keepableText, unkeepableReason } from './keepable-json.ts'
import { occurredAt } from './message-time.ts'
import { readPersonId } from './person-id.ts'

export const MESSAGE_TYPES = ['identify', 'track', 'page', 'screen', 'group', 'alias'] as const
export type MessageType = (typeof MESSAGE_TYPES)[number]

export type Fields = Readonly<Record<string, unknown>>

export interface TrackingMessage {
  /** Of the sender, or a hash of the content. The same again is the same message. */
  readonly messageId: string
  readonly type: MessageType
  readonly userId: string | null
  readonly anonymousId: string | null
  /** Of an alias: the id that the user had before. */
  readonly previousId: string | null
  readonly groupId: string | null
  /** As the sender wrote it, and normalised; null when it is no address. */
  readonly email: { readonly given: string; readonly address: string | null } | null
  /** Of the event, the page or the screen. */
  readonly name: string | null
  /** Path of the page. */
  readonly path: string | null
  readonly occurredAt: Milliseconds
  readonly receivedAt: Milliseconds
  /** By whose client it came. */
  readonly source: string
  /** Of the lead (identify) or the account (group). */
  readonly traits: Fields
  /**
   * JSON of those of the event; what else the message holds stands under `_message`. As text: thousands of messages wait for the database, and
   * the objects of all that they hold would be copied again and again while memory is cleared.
   */
  readonly properties: string
}

/** How a message came. */
export interface Delivery {
  readonly source: string
  readonly receivedAt: Milliseconds
  /** Of the batch: counts before that of the message, which a later attempt may not have renewed. */
  readonly sentAt?: unknown
  /** Of the address, for messages that do not say. */
  readonly type?: MessageType | undefined
  /** The body holds escapes: only then can a text be one that PostgreSQL refuses. */
  readonly hasEscapes: boolean
}

export interface MessageFault {
  readonly reason: string
}

/** Bytes of one message as JSON. */
export const MOST_MESSAGE_BYTES = 32 * 1024

const MAX_NAME = 128
const NO_FIELDS: Fields = Object.freeze({})

/** What is read from a message, or is a secret: it does not stand under `_message`. */
const READ = new Set([
  'type',
  'userId',
  'anonymousId',
  'previousId',
  'messageId',
  'timestamp',
  'originalTimestamp',
  'sentAt',
  'receivedAt',
  'writeKey',
  'properties',
])

/** Reads one message. What cannot be used has the reason; nothing is thrown, whatever is given. */
export function readMessage(given: unknown, delivery: Delivery): TrackingMessage | MessageFault {
  if (!isFields(given)) return { reason: 'is not an object' }
  const unkeepable = unkeepableReason(given, MOST_MESSAGE_BYTES)
  if (unkeepable !== null) return { reason: unkeepable }
  const raw = delivery.hasEscapes ? (keepableJson(given) as Fields) : given
  const type = typeOf(raw, delivery)
  if (type === null)
    return { reason: `type is not one of ${MESSAGE_TYPES.join(', ')}: ${shown(raw['type'])}` }
  // As they were given: two ids must not become one.
  const ids = readIds(given)
  if ('reason' in ids) return ids
  const properties = fieldsOr(raw['properties'])
  const context = fieldsOr(raw['context'])
  const traits = type === 'identify' || type === 'group' ? traitsOf(type, raw, context) : NO_FIELDS
  const name = nameOf(type, raw, properties)
  if (isFault(name)) return name
  const missing = missingOf(type, ids, name)
  if (missing !== null) return { reason: missing }
  const { receivedAt, source } = delivery
  const timestamp = raw['timestamp'] ?? raw['originalTimestamp']
  const time = occurredAt({ timestamp, sentAt: delivery.sentAt ?? raw['sentAt'], receivedAt })
  if (isFault(time)) return time
  const email = type === 'group' ? null : emailOf(ids.userId, traits, context)
  const { messageId: givenId, ...who } = ids
  const messageId =
    givenId ??
    contentHash({
      leadId: ids.previousId ?? ids.groupId,
      email: email?.address ?? null,
      userId: ids.userId,
      anonymousId: ids.anonymousId,
      type: `${type} ${name ?? ''}`,
      // By the clock of the sender: sent again, it is the same.
      occurredAt: timestamp === undefined || timestamp === null ? receivedAt : 0,
      source: `${source} ${String(timestamp)}`,
      properties: { properties, traits },
    })
  return {
    messageId,
    type,
    ...who,
    email,
    name,
    path: type === 'page' ? pathOf(properties, context) : null,
    occurredAt: time,
    receivedAt,
    source,
    traits,
    properties: JSON.stringify(withRest(properties, raw, type)),
  }
}

function typeOf(raw: Fields, delivery: Delivery): MessageType | null {
  const type = delivery.type ?? raw['type']
  return MESSAGE_TYPES.find((one) => one === type) ?? null
}

type Ids = Pick<TrackingMessage, 'userId' | 'anonymousId' | 'previousId' | 'groupId'> & {
  readonly messageId: string | null
}

function readIds(raw: Fields): Ids | MessageFault {
  const context = fieldsOr(raw['context'])
  const messageId = readPersonId('messageId', raw['messageId'])
  const userId = readPersonId('userId', raw['userId'])
  const anonymousId = readPersonId('anonymousId', raw['anonymousId'])
  const previousId = readPersonId('previousId', raw['previousId'])
  const groupId = readPersonId('groupId', raw['groupId'] ?? context['groupId'])
  for (const id of [messageId, userId, anonymousId, previousId, groupId]) if (isFault(id)) return id
  return { messageId, userId, anonymousId, previousId, groupId } as Ids
}

function missingOf(type: MessageType, ids: Ids, name: string | null): string | null {
  const { userId, anonymousId, previousId, groupId } = ids
  if (type === 'group') return groupId === null ? 'has no groupId' : null
  if (type === 'alias') {
    if (userId === null || previousId === null) return 'has not both userId and previousId'
    return userId === previousId ? 'has the same userId and previousId' : null
  }
  if (userId === null && anonymousId === null) return 'has neither userId nor anonymousId'
  return type === 'track' && name === null ? 'has no event' : null
}

function nameOf(type: MessageType, raw: Fields, properties: Fields): string | null | MessageFault {
  const field = type === 'track' ? 'event' : 'name'
  const given = type === 'track' ? raw['event'] : (raw['name'] ?? properties['name'])
  if (type !== 'track' && type !== 'page' && type !== 'screen') return null
  if (given === undefined || given === null) return null
  if (typeof given !== 'string') return type === 'track' ? { reason: `${field} is not text` } : null
  const name = given.replace(/[\p{Cc}\s]+/gu, ' ').trim()
  if (name.length > MAX_NAME && type === 'track')
    return { reason: `${field} has ${name.length} characters; at most ${MAX_NAME} are allowed` }
  return name === '' || name.length > MAX_NAME ? null : name
}

/** Some clients send the traits of a person in the context only. */
function traitsOf(type: 'identify' | 'group', raw: Fields, context: Fields): Fields {
  const { traits } = raw
  return isFields(traits) ? traits : type === 'identify' ? fieldsOr(context['traits']) : NO_FIELDS
}

function emailOf(userId: string | null, traits: Fields, context: Fields): TrackingMessage['email'] {
  for (const given of [traits['email'], fieldsOr(context['traits'])['email']])
    if (typeof given === 'string' && given.trim() !== '') return { given, address: normaliseMail(given) }
  // Many take the mail address for the id of a user.
  const address = userId?.includes('@') ? normaliseMail(userId) : null
  return address === null ? null : { given: userId!, address }
}

function pathOf(properties: Fields, context: Fields): string | null {
  const page = fieldsOr(context['page'])
  for (const path of [properties['path'], page['path']])
    if (typeof path === 'string' && path !== '') return path
  for (const url of [properties['url'], page['url']])
    if (typeof url === 'string' && url !== '')
      return url.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i, '').replace(/[?#].*$/s, '') || '/'
  return null
}

/** Nothing that was sent is lost: fields that we do not read stand beside the properties, under one name. */
function withRest(properties: Fields, raw: Fields, type: MessageType): Fields {
  const others: Record<string, unknown> = {}
  let count = 0
  // Without a copy in between, as every message comes by here. No field is called __proto__.
  for (const field of Object.keys(raw)) {
    if (READ.has(field) || (field === 'traits' && (type === 'identify' || type === 'group'))) continue
    others[field] = raw[field]
    count += 1
  }
  return count === 0 ? properties : { _message: others, ...properties }
}

function isFault(value: unknown): value is MessageFault {
  return typeof value === 'object' && value !== null
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function fieldsOr(value: unknown): Fields {
  return isFields(value) ? value : NO_FIELDS
}

function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing'
  return text.length > 60 ? `${keepableText(text.slice(0, 60))}...` : text
}
