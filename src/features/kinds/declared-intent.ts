import { strictFields } from '../../checked-yaml.ts'
import {
  DECLARED_INTENTS,
  type DeclaredIntent,
  INTENT_RULES,
  readDeclaredIntent,
} from '../declared-intent.ts'
import { defineFeatureKind } from '../feature-kind.ts'
import { fingerprintOf } from '../fingerprint.ts'
import { remember } from '../memo.ts'
import { featureName, groupOf, traitOf, traitOptions } from './options.ts'

const WORDS: Readonly<Record<DeclaredIntent, string>> = {
  buying: 'wrote about prices or buying',
  evaluating: 'wrote about evaluating the product',
  partnership: 'wrote about a partnership',
  support: 'asked for support',
  student: 'wrote as a student',
  job: 'wrote about a job',
  none: 'message without a clear wish',
}

/** What the lead says it wants, by the words of its message; missing without a message. Behaviour: it is something done. */
export const declaredIntentKind = defineFeatureKind({
  kind: 'declared_intent',
  version: `1 ${fingerprintOf(INTENT_RULES)}`,
  options: strictFields({
    ...traitOptions,
    name: featureName.default('declared_intent'),
    trait: traitOptions.trait.default('message'),
    label: traitOptions.label.default('declared intent'),
  }),
  name: (options) => options.name,
  columns: (options) => [
    {
      kind: 'category',
      name: options.name,
      group: groupOf(options),
      side: 'behaviour',
      categories: DECLARED_INTENTS,
    },
  ],
  compute: ({ options }) => {
    const codeOf = remember((message) => {
      const intent = readDeclaredIntent(message)
      return intent === undefined ? Number.NaN : DECLARED_INTENTS.indexOf(intent)
    })
    return ({ facts }, row, offset) => {
      const message = traitOf(facts, options)
      row[offset] = typeof message === 'string' ? codeOf(message) : Number.NaN
    }
  },
  describe: () => (_context, _column, value) => {
    const intent = DECLARED_INTENTS[value]
    return intent === undefined ? 'no message was written' : WORDS[intent]
  },
})
