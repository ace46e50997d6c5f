/** Which traits and events the features of a definition read: what is missing of these, the model misses. */
import type { Definition } from '../../src/features/definition.ts'
import type { SubjectKind } from '../../src/glossary.ts'

export interface AskedFor {
  readonly traits: Readonly<Record<SubjectKind, ReadonlySet<string>>>
  readonly events: ReadonlySet<string>
}

/** By the options that kinds of features share: `trait` with `of`, `mail`, `domain` and `title`, `lead` and `account`, `event`. */
export function askedFor({ features }: Pick<Definition, 'features'>): AskedFor {
  const traits = { lead: new Set<string>(), account: new Set<string>() }
  const events = new Set<string>()
  for (const { options } of features) {
    const { trait, of, event, lead, account, mail, domain, title } = options
    // Of both, where the kind does not ask whose: the country of account or lead.
    if (of !== 'account') add(traits.lead, trait)
    if (of === 'account' || of === undefined) add(traits.account, trait)
    add(traits.lead, lead)
    add(traits.lead, mail)
    add(traits.lead, title)
    add(traits.account, account)
    add(traits.account, domain)
    add(events, event)
  }
  return { traits, events }
}

function add(names: Set<string>, given: unknown): void {
  for (const name of Array.isArray(given) ? given : [given]) if (typeof name === 'string') names.add(name)
}
