/** The body of `POST /v1/score`: a lead with everything known of it. The same words as in the answer of `GET /v1/leads/:id`. */
import { z } from 'zod'
import { LIMITS } from '../limits.ts'
import { closed } from './closed.ts'
import { idSchema, nameSchema, timeSchema } from './common.ts'

const VALUE =
  'must be text, a finite number, true or false, or a list of text; leave it out when it is unknown (null is not a value)'

const plainValue = z.union(
  [
    z.string().max(LIMITS.text),
    z.number(),
    z.boolean(),
    z.array(z.string().max(LIMITS.text)).max(LIMITS.list),
  ],
  { error: VALUE },
)

/** A value, or a value with its times. A value alone counts as true and known just before `as_of`. */
const traitSchema = z
  .union(
    [
      plainValue,
      closed({
        value: plainValue,
        occurred_at: timeSchema.optional().describe('When it became true. Default: just before `as_of`.'),
        known_at: timeSchema.optional().describe('When it was learned of. Default: `occurred_at`.'),
        source: nameSchema.optional(),
        undated: z.boolean().optional(),
      }),
    ],
    { error: VALUE },
  )
  .meta({ id: 'Trait' })

const traitsSchema = z
  .record(nameSchema, traitSchema)
  .refine(
    (traits) => Object.keys(traits).length <= LIMITS.traits,
    `must not hold more than ${LIMITS.traits} traits`,
  )

const eventSchema = closed({
  event_id: idSchema.optional().describe('Unique in the request. Default: its place in the list.'),
  type: nameSchema.meta({ examples: ['pricing_page_viewed'] }),
  occurred_at: timeSchema,
  known_at: timeSchema.optional().describe('When it was learned of. Default: `occurred_at`.'),
  source: nameSchema.optional(),
  properties: z.record(z.string(), z.unknown()).optional(),
}).meta({ id: 'Event' })

const eventsSchema = z
  .array(eventSchema)
  .max(LIMITS.events, `must not hold more than ${LIMITS.events} events`)

const leadFields = {
  lead_id: idSchema,
  created_at: timeSchema
    .optional()
    .describe('First touch. Default: the first event, or just before `as_of` where there is none.'),
  traits: traitsSchema.optional(),
}

const personSchema = closed({ ...leadFields, events: eventsSchema.optional() }).meta({ id: 'Person' })

/** The API page offers it to be tried out. (`examples` of a schema that transforms would be taken for those of its output, and dropped.) */
const EXAMPLE = {
  lead: {
    lead_id: 'l_123',
    created_at: '2026-01-10T08:00:00Z',
    traits: { email: 'ada@example.com', title: 'Head of Operations', country: 'Germany' },
  },
  account: {
    account_id: 'a_7',
    customer_since: null,
    traits: { industry: 'software', employees: 240, technologies: ['salesforce'] },
    people: [
      {
        lead_id: 'l_77',
        created_at: '2025-12-01T10:00:00Z',
        traits: { title: 'CTO' },
        events: [{ type: 'docs_viewed', occurred_at: '2026-01-11T16:20:00Z' }],
      },
    ],
  },
  events: [
    { type: 'pricing_page_viewed', occurred_at: '2026-01-12T09:30:00Z' },
    { type: 'demo_requested', occurred_at: '2026-01-12T09:41:00Z', properties: { form: 'demo' } },
  ],
  as_of: '2026-01-15T00:00:00Z',
}

export const scoreRequestSchema = closed({
  lead: closed(leadFields),
  account: closed({
    account_id: idSchema.optional(),
    customer_since: timeSchema
      .nullable()
      .optional()
      .describe(
        'When the account first won a deal, in whatever pipeline; null: it is no customer. Left out: not known, and what goes by it is missing.',
      ),
    traits: traitsSchema.optional(),
    people: z
      .array(personSchema)
      .max(LIMITS.people, `must not hold more than ${LIMITS.people} people`)
      .optional()
      .describe(
        'Everybody else who is known of the account, with what they did; []: nobody. Left out: not known, and what goes by colleagues, or by the first contact of the account, is missing.',
      ),
  }).optional(),
  events: eventsSchema.optional(),
  as_of: timeSchema.optional().describe('Only what was true and known before this counts. Default: now.'),
  models: z
    .array(nameSchema)
    .min(1, 'must name at least one model; leave it out for all')
    .max(50)
    .optional()
    .describe('Default: all.'),
  explain: z.boolean().optional().describe('Contributions of every feature. Default: true.'),
}).meta({ id: 'ScoreRequest', example: EXAMPLE })

export type ScoreRequest = z.output<typeof scoreRequestSchema>
export type RequestTrait = z.output<typeof traitSchema>
