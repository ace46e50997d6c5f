/** What one request may hold. The error that refuses more names the limit. */
import { MINUTE, SECOND } from '../glossary.ts'

export const LIMITS = {
  /** Bytes of a request body. */
  body: 4 * 1024 * 1024,
  /** Bytes of the body of a batch of tracking messages, packed or unpacked. */
  trackingBody: 500 * 1024,
  /** Bytes that the context of such a batch has in all of its messages: it is kept with each. */
  trackingContext: 8 * 1024 * 1024,
  /** Messages of such a batch. */
  trackingBatch: 2_500,
  /** Levels of nesting in a JSON body. */
  depth: 16,
  /** Values in a JSON body: ten thousand events with a dozen properties each have 200,000. What is checked takes time. */
  values: 300_000,
  /** Fields of one object in a JSON body. */
  fields: 1_000,
  /** Elements of one list in a JSON body. */
  elements: 10_000,
  /** Events in one `POST /v1/score`. */
  events: 10_000,
  /** Colleagues of the lead in one `POST /v1/score`. */
  people: 1_000,
  /** Traits of one subject in one request. */
  traits: 500,
  /** Characters of an id: lead, account, event. */
  id: 512,
  /** Characters of a name: trait, event type, source. */
  name: 128,
  /** Characters of a text value of a trait. A form message is the longest we know. */
  text: 20_000,
  /** Characters of a comment of feedback. */
  comment: 10_000,
  /** Characters of a reason that a person gives: of an override, a promotion, a roll-back. */
  reason: 1_000,
  /** Elements of a list value of a trait. */
  list: 1_000,
  /** How far a client's clock may run ahead before its time counts as the future. */
  clockAhead: MINUTE,
  /** Bands that one endpoint of webhooks asks for. */
  webhookBands: 100,
  /** Leads in one page of `GET /v1/leads`. */
  page: 200,
  /** Streams of score changes that a process has open. */
  streams: 2_000,
  /** Events that `GET /v1/leads/:id` shows: the latest ones. */
  shownEvents: 1_000,
  /** Moments of one course of a score. */
  courseMoments: 200,
  /** A request must have arrived within this time, headers and body. */
  request: 30 * SECOND,
  /** A request must be answered within this time. */
  answer: 30 * SECOND,
  /** A query of the database that has no answer within this time fails: before the request, and before a stop gives up. */
  query: 15 * SECOND,
  /** An idle connection is kept this long: longer than the usual 60 s of load balancers. */
  keepAlive: 72 * SECOND,
  /** What was accepted before a stop may take this long to finish. */
  drain: 20 * SECOND,
} as const
