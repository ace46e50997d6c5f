/**
 * Events of PostHog as messages of Segment: what has a meaning of its own begins with $.
 * https://posthog.com/docs/api/capture
 */
import type { Milliseconds } from '../../glossary.ts'
import type { Fields } from './message.ts'

/** Types of groups that are companies, in the order in which they count. */
const COMPANY_TYPES = ['company', 'organization', 'account']

const NO_FIELDS: Fields = Object.freeze({})

/** What is no object of PostHog comes back as it is, for `readMessage` to say so. */
export function fromPostHog(given: unknown): unknown {
  if (typeof given !== 'object' || given === null || Array.isArray(given)) return given
  const { event, distinct_id, uuid, timestamp, properties: raw, api_key: _key, ...others } = given as Fields
  const properties = fieldsOf(raw)
  const id = distinct_id ?? properties['distinct_id'] ?? others['$distinct_id']
  const common = { ...others, messageId: uuid, timestamp }
  const who = isAnonymous(properties, id) ? { anonymousId: id } : { userId: id }
  const groups = fieldsOf(properties['$groups'])
  const groupId = COMPANY_TYPES.map((type) => groups[type]).find((one) => one !== undefined)
  const company = groupId === undefined ? {} : { groupId }
  switch (event) {
    case '$identify':
    case '$set':
      return {
        ...common,
        ...company,
        type: 'identify',
        userId: id,
        anonymousId: properties['$anon_distinct_id'],
        // What is set once does not take the place of what is set.
        traits: { ...fieldsOf(properties['$set_once']), ...fieldsOf(properties['$set']) },
      }
    case '$create_alias':
    case '$merge_dangerously':
      return { ...common, type: 'alias', userId: id, previousId: properties['alias'] }
    case '$groupidentify':
      return COMPANY_TYPES.includes(String(properties['$group_type']))
        ? {
            ...common,
            type: 'group',
            groupId: properties['$group_key'],
            traits: fieldsOf(properties['$group_set']),
          }
        : { ...common, ...who, type: 'track', event, properties }
    case '$pageview':
      return {
        ...common,
        ...who,
        ...company,
        type: 'page',
        properties: { url: properties['$current_url'], path: properties['$pathname'], ...properties },
        name: properties['title'],
      }
    case '$screen':
      return { ...common, ...who, ...company, type: 'screen', properties, name: properties['$screen_name'] }
    default:
      return { ...common, ...who, ...company, type: 'track', event, properties }
  }
}

/**
 * What the client in pages sends: its key stands among the properties, and the time may be said as milliseconds before `sentAt`, which is by the
 * same clock.
 */
export function fromPostHogPage(given: unknown, sentAt: Milliseconds | undefined): unknown {
  if (typeof given !== 'object' || given === null || Array.isArray(given)) return given
  const { offset, ...event } = given as Fields
  const { token: _key, ...properties } = fieldsOf(event['properties'])
  const isAgo = event['timestamp'] === undefined && typeof offset === 'number' && sentAt !== undefined
  return fromPostHog({ ...event, ...(isAgo ? { timestamp: sentAt - offset } : {}), properties })
}

/** A server that says nothing means users; browsers say whether somebody has signed in. */
function isAnonymous(properties: Fields, id: unknown): boolean {
  return (
    properties['$process_person_profile'] === false ||
    properties['$is_identified'] === false ||
    (properties['$device_id'] !== undefined && properties['$device_id'] === id)
  )
}

function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : NO_FIELDS
}
