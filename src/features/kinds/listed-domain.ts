import { z } from 'zod'
import { strictFields } from '../../checked-yaml.ts'
import { isListed } from '../../mail-providers.ts'
import { defineFeatureKind } from '../feature-kind.ts'
import { domainOf, mailDomainOf } from '../mail-domains.ts'
import { featureName, group, groupOf, label, traitName } from './options.ts'

/**
 * Whether the mail address or the account is at a domain of a list, or a sub-domain of one; missing where neither domain is known,
 * or where nobody has said what is on the list.
 */
export const listedDomainKind = defineFeatureKind({
  kind: 'listed_domain',
  version: '1',
  options: strictFields({
    name: featureName,
    /** What somebody on the list is: `competitor`. */
    label,
    group,
    /** Of models/lists, without its ending: what it holds becomes `domains` when the definition is read. */
    list: z.string().trim().min(1).max(200).optional(),
    domains: z.array(z.string().trim().min(1).max(300)).max(10_000).optional(),
    /** Of the lead. */
    mail: traitName.default('email'),
    /** Of the account. */
    domain: traitName.default('domain'),
  }),
  name: (options) => options.name,
  columns: (options) => [{ kind: 'flag', name: options.name, group: groupOf(options), side: 'fit' }],
  compute: ({ options }) => {
    if (options.domains === undefined) {
      return (_context, row, offset) => {
        row[offset] = Number.NaN
      }
    }
    const listed = new Set(options.domains.flatMap((entry) => domainOf(entry) ?? []))
    return ({ facts }, row, offset) => {
      const mail = mailDomainOf(facts.leadTrait(options.mail))
      const domain = domainOf(facts.accountTrait(options.domain))
      const known = [mail, domain].filter((one) => one !== undefined)
      row[offset] = known.length === 0 ? Number.NaN : Number(known.some((one) => isListed(listed, one)))
    }
  },
  describe:
    ({ options }) =>
    (_context, _column, value) => {
      if (Number.isNaN(value)) return `not known whether ${options.label}`
      return value === 1 ? options.label : `no ${options.label}`
    },
})
