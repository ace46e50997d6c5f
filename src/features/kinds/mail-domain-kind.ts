import { strictFields } from '../../checked-yaml.ts'
import { defineFeatureKind } from '../feature-kind.ts'
import { fingerprintOf } from '../fingerprint.ts'
import {
  MAIL_DOMAIN_KINDS,
  MAIL_DOMAIN_RULES,
  type MailDomainKind,
  mailDomainKindOf,
  mailDomainOf,
} from '../mail-domains.ts'
import { remember } from '../memo.ts'
import { featureName, groupOf, traitOf, traitOptions } from './options.ts'

const WORDS: Readonly<Record<MailDomainKind, string>> = {
  business: 'business mail address',
  free: 'mail address at a free provider',
  disposable: 'disposable mail address',
  student: 'mail address of a university or school',
}

/** Where the mail address is: at a business, a free provider, a throw-away service, a university or school. */
export const mailDomainKindKind = defineFeatureKind({
  kind: 'mail_domain_kind',
  version: `1 ${fingerprintOf(MAIL_DOMAIN_RULES)}`,
  options: strictFields({
    ...traitOptions,
    name: featureName.default('mail_domain_kind'),
    trait: traitOptions.trait.default('email'),
    label: traitOptions.label.default('kind of mail address'),
  }),
  name: (options) => options.name,
  columns: (options) => [
    {
      kind: 'category',
      name: options.name,
      group: groupOf(options),
      side: 'fit',
      categories: MAIL_DOMAIN_KINDS,
    },
  ],
  compute: ({ options }) => {
    const codeOf = remember((domain) => MAIL_DOMAIN_KINDS.indexOf(mailDomainKindOf(domain)))
    return ({ facts }, row, offset) => {
      const domain = mailDomainOf(traitOf(facts, options))
      row[offset] = domain === undefined ? Number.NaN : codeOf(domain)
    }
  },
  describe: () => (_context, _column, value) => {
    const kind = MAIL_DOMAIN_KINDS[value]
    return kind === undefined ? 'no mail address is known' : WORDS[kind]
  },
})
