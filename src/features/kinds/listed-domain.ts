import { z } from 'zod'
import { strictFields } from '../../checked-yaml.ts'
import { isListed } from '../../mail-providers.ts'
import { defineFeatureKind } from '../feature-kind.ts'
import { LISTED_DOMAINS_ALLOWED, MOST_LISTED_DOMAINS } from '../listed-domains.ts'
import { domainOf, listedDomainOf, mailDomainOf } from '../mail-domains.ts'
import { featureName, group, groupOf, label, traitName } from './options.ts'

const domain = z
  .string()
  .overwrite((entry) => listedDomainOf(entry) ?? entry)
  .refine((entry) => listedDomainOf(entry) !== undefined, `must be a domain: ${LISTED_DOMAINS_ALLOWED}`)

/**
 * Whether the mail address or the account is at a domain of a list, or a sub-domain of one; missing where neither domain is known,
 * where nobody has said what is on the list, and where nobody is on it.
 */
export const listedDomainKind = defineFeatureKind({
  kind: 'listed_domain',
  version: '2',
  options: strictFields({
    name: featureName,
    /** What somebody on the list is: `competitor`. */
    label,
    group,
    /** Of models/lists, without its ending: what it holds becomes `domains` when the definition is read. */
    list: z.string().trim().min(1).max(200).optional(),
    domains: z.array(domain).max(MOST_LISTED_DOMAINS).optional(),
    /** Of the lead. */
    mail: traitName.default('email'),
    /** Of the account. */
    domain: traitName.default('domain'),
  }).refine(
    ({ list, domains }) => list !== undefined || domains !== undefined,
    'must have a "list", the name of one in the folder lists, or "domains"',
  ),
  name: (options) => options.name,
  columns: (options) => [{ kind: 'flag', name: options.name, group: groupOf(options), side: 'fit' }],
  compute: ({ options }) => {
    if (options.domains === undefined || options.domains.length === 0) {
      return (_context, row, offset) => {
        row[offset] = Number.NaN
      }
    }
    const listed = new Set(options.domains)
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
      if (options.domains?.length === 0) return `not known whether ${options.label}: nobody is on the list`
      if (Number.isNaN(value)) return `not known whether ${options.label}`
      return value === 1 ? options.label : `no ${options.label}`
    },
})
