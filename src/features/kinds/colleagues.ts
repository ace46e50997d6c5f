import { strictFields } from '../../checked-yaml.ts'
import { BEHAVIOUR_LIFETIME, DAY, HOUR } from '../../glossary.ts'
import { durationBetween } from '../duration.ts'
import { defineFeatureKind } from '../feature-kind.ts'
import { countText, spanText } from '../wording.ts'
import { featureName, label, measureColumns, measuresOf } from './options.ts'

const MEASURES = ['engaged', 'activity'] as const

/**
 * What other leads of the account do; NaN without an account, and where nobody tells of them.
 *
 * engaged: colleagues with a sign of interest in [as_of - window, as_of);
 * activity: sum of 2^(-age / half_life) over all their signs of interest of a year, by colleague, oldest first.
 */
export const colleaguesKind = defineFeatureKind({
  kind: 'colleagues',
  version: '1',
  entity: 'lead',
  options: strictFields({
    name: featureName.default('colleagues'),
    label: label.default('engaged colleague'),
    group: label.default('colleagues'),
    window: durationBetween(HOUR, BEHAVIOUR_LIFETIME).default(30 * DAY),
    half_life: durationBetween(HOUR, BEHAVIOUR_LIFETIME).default(14 * DAY),
    measures: measuresOf(MEASURES),
  }),
  name: (options) => options.name,
  columns: (options) => measureColumns(options.name, options),
  compute: ({ options, index }) => {
    const engagedAt = options.measures.indexOf('engaged')
    const activityAt = options.measures.indexOf('activity')
    return ({ facts }, row, offset) => {
      const known = facts.accountId !== null && facts.colleagues !== undefined
      let engaged = 0
      let activity = 0
      for (const colleague of facts.colleagues ?? []) {
        let latest = Number.POSITIVE_INFINITY
        for (const event of colleague.events) {
          const age = facts.asOf - event.occurredAt
          if (age > BEHAVIOUR_LIFETIME || !index.isEngagement(event)) continue
          if (activityAt >= 0) activity += 2 ** (-age / options.half_life)
          latest = age
        }
        if (latest <= options.window) engaged++
      }
      if (engagedAt >= 0) row[offset + engagedAt] = known ? engaged : Number.NaN
      if (activityAt >= 0) row[offset + activityAt] = known ? activity : Number.NaN
    }
  },
  readsOfColleague:
    ({ index }) =>
    (event) =>
      index.isEngagement(event),
  describe:
    ({ options }) =>
    ({ facts }, column, value) => {
      if (facts.accountId === null) return 'no account, so no colleagues'
      if (Number.isNaN(value)) return 'not known what its colleagues do'
      const within = `in the last ${spanText(options.window)}`
      if (options.measures[column] === 'engaged') return `${countText(value, options.label)} ${within}`
      return value === 0 ? 'no activity of colleagues' : `recent activity of colleagues: ${value.toFixed(1)}`
    },
})
