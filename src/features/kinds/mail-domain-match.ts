import { strictFields } from '../../checked-yaml.ts'
import { defineFeatureKind } from '../feature-kind.ts'
import { domainOf, mailDomainOf, sameDomain } from '../mail-domains.ts'
import { featureName, group, groupOf, label, traitName } from './options.ts'

/** Whether the lead's mail address is at its account's domain (or a sub-domain); missing when either is not known. */
export const mailDomainMatchKind = defineFeatureKind({
  kind: 'mail_domain_match',
  version: '1',
  options: strictFields({
    name: featureName.default('mail_domain_match'),
    label: label.default('mail domain and company domain'),
    group,
    /** Of the lead. */
    mail: traitName.default('email'),
    /** Of the account. */
    domain: traitName.default('domain'),
  }),
  name: (options) => options.name,
  columns: (options) => [{ kind: 'flag', name: options.name, group: groupOf(options), side: 'fit' }],
  compute:
    ({ options }) =>
    ({ facts }, row, offset) => {
      const mail = mailDomainOf(facts.leadTrait(options.mail))
      const domain = domainOf(facts.accountTrait(options.domain))
      row[offset] = mail === undefined || domain === undefined ? Number.NaN : Number(sameDomain(mail, domain))
    },
  describe: () => (_context, _column, value) => {
    if (Number.isNaN(value)) return 'mail domain or company domain is not known'
    return value === 1
      ? 'mail address at the domain of the company'
      : 'mail address elsewhere than the company'
  },
})
