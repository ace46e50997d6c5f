import { strictFields } from '../../checked-yaml.ts'
import { DAY } from '../../glossary.ts'
import { defineFeatureKind } from '../feature-kind.ts'
import { spanText } from '../wording.ts'
import { featureName, group, groupOf, label } from './options.ts'

/** Days since first touch; NaN for a lead that did not exist yet. */
export const leadAgeKind = defineFeatureKind({
  kind: 'lead_age',
  version: '1',
  options: strictFields({
    name: featureName.default('lead_age'),
    label: label.default('first touch'),
    group,
  }),
  name: (options) => options.name,
  columns: (options) => [
    { kind: 'number', name: options.name, group: groupOf(options), side: 'behaviour', transform: 'log1p' },
  ],
  compute:
    () =>
    ({ facts }, row, offset) => {
      row[offset] = facts.createdAt < facts.asOf ? (facts.asOf - facts.createdAt) / DAY : Number.NaN
    },
  describe:
    ({ options }) =>
    (_context, _column, value) =>
      Number.isNaN(value) ? `no ${options.label} yet` : `${options.label} ${spanText(value * DAY)} ago`,
  tell: () => (_context, _column, value) => (Number.isNaN(value) ? {} : { ago: spanText(value * DAY) }),
})
