import { strictFields } from '../../checked-yaml.ts'
import { defineFeatureKind } from '../feature-kind.ts'
import { featureName, group, groupOf, label } from './options.ts'

/**
 * Whether the account had won a deal by then, in whatever pipeline, and that was known; missing where nobody tells of its deals.
 * People of a customer come to use what was bought; they look like the best of leads and buy nothing.
 */
export const customerKind = defineFeatureKind({
  kind: 'customer',
  version: '2',
  options: strictFields({
    name: featureName.default('customer'),
    label: label.default('customer'),
    group,
  }),
  name: (options) => options.name,
  columns: (options) => [{ kind: 'flag', name: options.name, group: groupOf(options), side: 'fit' }],
  compute:
    () =>
    ({ facts }, row, offset) => {
      row[offset] = facts.isCustomer === undefined ? Number.NaN : Number(facts.isCustomer)
    },
  describe:
    ({ options }) =>
    (_context, _column, value) => {
      if (Number.isNaN(value)) return `not known whether ${options.label}`
      return value === 1 ? `${options.label} already` : `not a ${options.label} yet`
    },
})
