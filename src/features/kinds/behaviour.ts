import { z } from 'zod'
import { strictFields } from '../../checked-yaml.ts'
import { BEHAVIOUR_LIFETIME, DAY, HOUR } from '../../glossary.ts'
import type { Told } from '../../wording-template.ts'
import { durationBetween, durationOr } from '../duration.ts'
import { defineFeatureKind, type RowContext } from '../feature-kind.ts'
import { LEARNED } from '../half-lives.ts'
import { countText, pluralOf, spanText } from '../wording.ts'
import { featureName, group, label, measureColumns, measuresOf } from './options.ts'

const MEASURES = ['decayed', 'count', 'recency', 'distinct_days', 'last_7_days'] as const
const WEEK = 7 * DAY

/**
 * One type of event, over the window [as_of - 365 days, as_of): whatever is older counts nothing.
 *
 * decayed: sum of 2^(-age / half_life), oldest event first; count: events; recency: age of the latest in days, NaN if none;
 * distinct_days: days of UTC with at least one; last_7_days: events in [as_of - 7 days, as_of).
 */
export const behaviourKind = defineFeatureKind({
  kind: 'behaviour',
  version: '1',
  options: strictFields({
    event: z.string().trim().min(1).max(200),
    /** Default: the event type. */
    name: featureName.optional(),
    /** One of them: "pricing page visit". */
    label,
    /** Several; default: by the rules of English. */
    plural: label.optional(),
    group,
    /** The age at which one counts half: a duration, or what training finds. Only `decayed` needs it. */
    half_life: durationOr(LEARNED, durationBetween(HOUR, BEHAVIOUR_LIFETIME)).default(0),
    measures: measuresOf(MEASURES),
  }),
  name: (options) => options.name ?? options.event,
  columns: (options) => measureColumns(options.name ?? options.event, options),
  compute: ({ options, index }) => {
    const slot = index.slotOf(options.event)
    const [decayedAt, countAt, recencyAt, daysAt, weekAt] = MEASURES.map((measure) =>
      options.measures.indexOf(measure),
    ) as [number, number, number, number, number]
    const { half_life: halfLife } = options
    return (context, row, offset) => {
      const { asOf } = context.facts
      let decayed = 0
      let count = 0
      let age = Number.NaN
      let days = 0
      let lastDay = Number.NaN
      let week = 0
      for (let at = index.first(slot); at >= 0; at = index.next(at)) {
        const { occurredAt } = index.event(at)
        if (asOf - occurredAt > BEHAVIOUR_LIFETIME) continue
        age = asOf - occurredAt
        count++
        if (decayedAt >= 0) decayed += 2 ** (-age / halfLife)
        if (age <= WEEK) week++
        const day = Math.floor(occurredAt / DAY)
        if (day !== lastDay) days++
        lastDay = day
      }
      if (decayedAt >= 0) row[offset + decayedAt] = decayed
      if (countAt >= 0) row[offset + countAt] = count
      if (recencyAt >= 0) row[offset + recencyAt] = age / DAY
      if (daysAt >= 0) row[offset + daysAt] = days
      if (weekAt >= 0) row[offset + weekAt] = week
    }
  },
  describe: ({ options, index }) => {
    const slot = index.slotOf(options.event)
    const plural = options.plural ?? pluralOf(options.label)
    return (context, column, value) => {
      const { count, age } = countAndLatest(context, slot)
      if (count === 0) return `no ${plural}`
      const measure = options.measures[column]
      if (measure === 'count') return `${countText(count, options.label, plural)} within a year`
      if (measure === 'recency') return `the last ${options.label} ${spanText(age)} ago`
      if (measure === 'distinct_days') return `${plural} on ${countText(value, 'day')}`
      if (measure === 'last_7_days') return `${countText(value, options.label, plural)} in the last 7 days`
      const last = `${spanText(age)} ago`
      return `${countText(count, options.label, plural)}, ${count === 1 ? last : `the last ${last}`}`
    }
  },
  tell: ({ options, index }) => {
    const slot = index.slotOf(options.event)
    return ({ facts }) => {
      const ages: number[] = []
      const days = new Set<number>()
      for (let at = index.first(slot); at >= 0; at = index.next(at)) {
        const { occurredAt } = index.event(at)
        if (facts.asOf - occurredAt > BEHAVIOUR_LIFETIME) continue
        ages.push(facts.asOf - occurredAt)
        days.add(Math.floor(occurredAt / DAY))
      }
      const latest = ages.at(-1)
      if (latest === undefined) return {}
      const within = (span: number): number => ages.filter((age) => age <= span).length
      return {
        count: ages.length,
        days: days.size,
        ago: spanText(latest),
        ...counted('last_7_days', within(WEEK)),
        ...counted('last_30_days', within(30 * DAY)),
      }
    }
  },
})

/** A count of 0 is not told. */
function counted(name: 'last_7_days' | 'last_30_days', count: number): Told {
  return count === 0 ? {} : { [name]: count }
}

function countAndLatest({ facts, index }: RowContext, slot: number): { count: number; age: number } {
  let count = 0
  let age = Number.NaN
  for (let at = index.first(slot); at >= 0; at = index.next(at)) {
    if (facts.asOf - index.event(at).occurredAt > BEHAVIOUR_LIFETIME) continue
    count++
    age = facts.asOf - index.event(at).occurredAt
  }
  return { count, age }
}
