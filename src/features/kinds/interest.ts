import { z } from 'zod'
import { strictFields } from '../../checked-yaml.ts'
import { BEHAVIOUR_LIFETIME, HOUR } from '../../glossary.ts'
import { durationBetween } from '../duration.ts'
import { defineFeatureKind, type RowContext } from '../feature-kind.ts'
import { featureName, group, groupOf, label } from './options.ts'

/** The event type that makes up most is named in a reason, and others that make up this part of all; no more than so many. */
const NAMED_SHARE = 0.2
const MOST_NAMED = 2

/** Below, nobody would call it more than that of a lead without any activity. */
const BARELY = 0.05

/**
 * All that the people of the account did within a year, as one number:
 *
 *   sum over types j of weight_j * (first_j + share * others_j),  first_j = sum of 2^(-age / half_life_j), oldest event first,
 *
 * of the first contact of the account, and of all others, whoever of them is asked about: they decide together. Where nobody tells
 * who else is there, what the lead did itself, as of the first contact. 0 where nobody did anything. 1 + it is how many times the pace at which the target is reached is that of a lead without any
 * activity, so that ln(1 + it) is what stands in the log-odds.
 */
export const interestKind = defineFeatureKind({
  kind: 'interest',
  version: '2',
  options: strictFields({
    name: featureName.default('interest'),
    label: label.default('interest'),
    group,
    /** How much an event of right now counts, and until when. Left out: training finds it, for each behaviour that decays. */
    events: z
      .array(
        strictFields({
          event: z.string().trim().min(1).max(200),
          label,
          weight: z.number().min(0).max(1_000_000),
          half_life: durationBetween(HOUR, BEHAVIOUR_LIFETIME),
        }),
      )
      .max(200)
      .refine(
        (events) => new Set(events.map(({ event }) => event)).size === events.length,
        'must name each event once',
      )
      .default([]),
    /** How much an event of another counts beside one of the first contact. Left out: training finds it, with the weights; else 1. */
    share: z.number().min(0).max(100).optional(),
  }),
  name: (options) => options.name,
  columns: (options) => [
    {
      kind: 'number',
      name: options.name,
      group: groupOf(options),
      side: 'behaviour',
      transform: 'log1p',
    },
  ],
  compute: ({ options: { events, share = 1 }, index }) => {
    const counting = events
      .filter(({ weight }) => weight > 0)
      .map((event) => ({ ...event, slot: index.slotOf(event.event) }))
    const byType = new Map(counting.map((event) => [event.event, event]))
    return ({ facts, index: own }, row, offset) => {
      const firstId = facts.firstContactId ?? facts.leadId
      const factorOf = (leadId: string): number => (leadId === firstId ? 1 : share)
      const ownFactor = factorOf(facts.leadId)
      let interest = 0
      // All that an account did is of its people, and counted with them.
      for (const { slot, weight, half_life: halfLife } of facts.people === null ? counting : []) {
        let decayed = 0
        for (let at = own.first(slot); at >= 0; at = own.next(at)) {
          const age = facts.asOf - own.event(at).occurredAt
          if (age <= BEHAVIOUR_LIFETIME) decayed += 2 ** (-age / halfLife)
        }
        interest += ownFactor * weight * decayed
      }
      for (const { leadId, events } of facts.people ?? facts.colleagues ?? []) {
        const factor = factorOf(leadId)
        if (factor === 0) continue
        for (const event of events) {
          const age = facts.asOf - event.occurredAt
          const counted = byType.get(event.type)
          if (counted === undefined || age > BEHAVIOUR_LIFETIME || !own.counts(event)) continue
          interest += factor * counted.weight * 2 ** (-age / counted.half_life)
        }
      }
      row[offset] = interest
    }
  },
  // Also without any share: the first contact counts fully.
  readsOfColleague: ({ options: { events }, index }) => {
    const types = new Set(events.filter(({ weight }) => weight > 0).map(({ event }) => event))
    return (event) => types.has(event.type) && index.counts(event)
  },
  describe: ({ options }) => {
    const byType = new Map(options.events.map((event) => [event.event, event]))
    return (context, _column, value) => {
      const { people, colleagues } = context.facts
      const idle = `${people === null ? 'a lead' : 'an account'} without any activity`
      const alone = colleagues === undefined ? '; not known what its colleagues do' : ''
      if (value === 0) return `${options.label} as of ${idle}${alone}`
      const times = value < BARELY ? 'barely above' : `${(1 + value).toFixed(1)} times`
      const parts = partsOf(context, byType, options.share ?? 1)
      const mostly = [...parts]
        .sort(([, a], [, b]) => b - a)
        .filter(([, part], place) => place === 0 || part >= NAMED_SHARE * value)
        .slice(0, MOST_NAMED)
        .map(([name]) => name)
      return `${options.label} ${times} that of ${idle}: mostly ${mostly.join(', ')}${alone}`
    }
  },
})

/** What each type adds, by its label, of the lead, of the first contact and of other colleagues apart. */
function partsOf(
  { facts, index }: RowContext,
  byType: ReadonlyMap<
    string,
    { readonly label: string; readonly weight: number; readonly half_life: number }
  >,
  share: number,
): Map<string, number> {
  const parts = new Map<string, number>()
  const add = (leadId: string, events: RowContext['facts']['events']): void => {
    const isFirst = leadId === (facts.firstContactId ?? facts.leadId)
    const others = facts.people === null ? ' of a colleague' : ' of others'
    const whose = leadId === facts.leadId ? '' : isFirst ? ' of the first contact' : others
    const factor = isFirst ? 1 : share
    for (const event of events) {
      const age = facts.asOf - event.occurredAt
      const counted = byType.get(event.type)
      if (counted === undefined || age > BEHAVIOUR_LIFETIME || !index.counts(event)) continue
      const name = `${counted.label}${whose}`
      const part = factor * counted.weight * 2 ** (-age / counted.half_life)
      parts.set(name, (parts.get(name) ?? 0) + part)
    }
  }
  if (facts.people === null) add(facts.leadId, facts.events)
  for (const { leadId, events } of facts.people ?? facts.colleagues ?? []) add(leadId, events)
  return parts
}
