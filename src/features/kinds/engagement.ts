import { strictFields } from '../../checked-yaml.ts'
import { BEHAVIOUR_LIFETIME, DAY, HOUR } from '../../glossary.ts'
import { durationBetween } from '../duration.ts'
import { defineFeatureKind } from '../feature-kind.ts'
import { countText, spanText } from '../wording.ts'
import { featureName, group, label, measureColumns, measuresOf } from './options.ts'

const MEASURES = ['breadth', 'recency', 'active_days'] as const

/**
 * Signs of interest of any type (see `not_engagement` of the definition) in [as_of - window, as_of).
 *
 * breadth: distinct types; recency: age of the latest in days, NaN if none; active_days: days of UTC with at least one.
 */
export const engagementKind = defineFeatureKind({
  kind: 'engagement',
  version: '1',
  options: strictFields({
    name: featureName.default('engagement'),
    label: label.default('engagement'),
    group,
    window: durationBetween(HOUR, BEHAVIOUR_LIFETIME).default(90 * DAY),
    measures: measuresOf(MEASURES),
  }),
  name: (options) => options.name,
  columns: (options) => measureColumns(options.name, options),
  compute: ({ options, index }) => {
    const types = new Set<string>()
    return ({ facts }, row, offset) => {
      types.clear()
      let age = Number.NaN
      let activeDays = 0
      let lastDay = Number.NaN
      for (let i = facts.events.length - 1; i >= 0; i--) {
        const event = facts.events[i]!
        if (facts.asOf - event.occurredAt > options.window) break
        if (!index.isEngagement(event)) continue
        if (types.size === 0) age = facts.asOf - event.occurredAt
        types.add(event.type)
        const day = Math.floor(event.occurredAt / DAY)
        if (day !== lastDay) activeDays++
        lastDay = day
      }
      for (let k = 0; k < options.measures.length; k++) {
        const measure = options.measures[k]
        row[offset + k] = measure === 'breadth' ? types.size : measure === 'recency' ? age / DAY : activeDays
      }
    }
  },
  describe:
    ({ options }) =>
    (_context, column, value) => {
      const within = `in the last ${spanText(options.window)}`
      if (Number.isNaN(value) || value === 0) return `no ${options.label} ${within}`
      const measure = options.measures[column]
      if (measure === 'recency') return `last ${options.label} ${spanText(value * DAY)} ago`
      return measure === 'active_days'
        ? `active on ${countText(value, 'day')} ${within}`
        : `${countText(value, 'kind')} of ${options.label} ${within}`
    },
  tell:
    ({ options }) =>
    (_context, column, value) => {
      const isAge = options.measures[column] === 'recency' && !Number.isNaN(value)
      return isAge ? { ago: spanText(value * DAY) } : {}
    },
})
