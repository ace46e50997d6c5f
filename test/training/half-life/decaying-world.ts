/** A history in which the pace of decisions, won or lost, is known: each event adds to it and fades by its half-life. */
import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64'
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus'
import { type Definition, parseDefinition } from '../../../src/features/definition.ts'
import { type AccountRecord, DAY, type LeadEvent } from '../../../src/glossary.ts'
import { deal, event, lead, trait } from '../records.ts'

export const START = 20_000 * DAY
export const END = START + 500 * DAY

/** What an event adds to the pace, in units of the pace without any. `idle` does nothing. */
const LAW = [
  { type: 'quick', halfLifeDays: 6, weight: 30, rate: 0.03 },
  { type: 'slow', halfLifeDays: 40, weight: 25, rate: 0.008 },
  { type: 'idle', halfLifeDays: Number.NaN, weight: 0, rate: 0.03 },
] as const

/** By day, of a lead from the source `other`; `good` doubles it. */
const PACE = 0.0003
const LIFE_DAYS = 300
/** Of the decisions; the others are lost. */
const WON_SHARE = 0.6

/** @param more Types of events that nobody does. */
export function decayingDefinition(
  options: Readonly<Record<string, string>> = {},
  more: readonly string[] = [],
): Definition {
  const features = [...LAW.map(({ type }) => type), ...more].map((type) => {
    const pinned = options[type] === undefined ? '' : `, half_life: ${options[type]}`
    return `  - behaviour: { event: ${type}, label: ${type}${pinned}, measures: [decayed] }`
  })
  return parseDefinition(
    `name: decaying
description: A pace that is known.
entity: lead
population: leads
pipeline: new_business
target: won
horizon: 60d
landmarks: [entry, 7d, 30d, 60d]
learner: logistic
seed: 3
vocabulary: { minimum_count: 5 }
features:
  - category: { trait: source, label: source }
${features.join('\n')}
  - interest: {}
`,
    'decaying.yaml',
  )
}

/** @param others Where given, every account has a second lead, whose events add this share of what those of the first add. */
export function createDecayingWorld(
  accounts: number,
  seed = 1,
  { others }: { readonly others?: number } = {},
): AccountRecord[] {
  const generator = xoroshiro128plus(seed)
  const random = (): number => uniformFloat64(generator)
  return Array.from({ length: accounts }, (_, index) => {
    const leadId = `l${String(index).padStart(6, '0')}`
    const accountId = `a${leadId}`
    const born = START + Math.floor(random() * 400 * DAY)
    const source = random() < 0.5 ? 'good' : 'other'
    const pace = PACE * (source === 'good' ? 2 : 1)
    const events: LeadEvent[] = [{ ...event('came', born), eventId: `${leadId}-came` }]
    const theirs: LeadEvent[] = [{ ...event('came', born + 1), eventId: `${leadId}-second-came` }]
    const added = LAW.map(() => 0)
    let decidedAt: number | null = null
    for (let day = 0; day < LIFE_DAYS && born + day * DAY < END; day++) {
      for (const [place, { type, halfLifeDays, weight, rate }] of LAW.entries()) {
        if (weight > 0) added[place]! *= 2 ** (-1 / halfLifeDays)
        const at = born + day * DAY + 1_000
        if (others !== undefined && random() < rate) {
          added[place]! += others * weight
          theirs.push({ ...event(type, at), eventId: `${leadId}-second-${type}-${day}` })
        }
        if (random() >= rate) continue
        added[place]! += weight
        events.push({ ...event(type, at), eventId: `${leadId}-${type}-${day}` })
      }
      if (random() < pace * (1 + added.reduce((sum, one) => sum + one, 0))) {
        decidedAt = born + Math.floor((day + 0.01 + 0.99 * random()) * DAY)
        break
      }
    }
    const deals =
      decidedAt !== null && decidedAt < END
        ? [
            deal({
              dealId: `d-${leadId}`,
              accountId,
              openedAt: decidedAt - 1_000,
              closedAt: decidedAt,
              outcome: random() < WON_SHARE ? 'won' : 'lost',
              contacts: [{ leadId, isPrimary: true }],
            }),
          ]
        : []
    const traits = [trait('source', source, born)]
    const leads = [lead(leadId, born, { accountId, events, traits })]
    if (others !== undefined)
      leads.push(lead(`${leadId}-second`, born + 1, { accountId, events: theirs, traits }))
    return { accountId, traits: [], leads, deals }
  })
}
