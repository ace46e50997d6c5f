/** Options that many kinds share. */
import { z } from 'zod'
import type { TraitValue } from '../../glossary.ts'
import type { Column } from '../column.ts'
import type { Facts } from '../facts.ts'

/** Names become parts of column names: `employees`, `pricing_page_viewed.decayed`. */
export const featureName = z
  .string()
  .regex(/^[a-z][a-z0-9_]{0,63}$/, 'must be of lower-case letters, digits and _, and begin with a letter')

/** How people call it in a reason: `number of employees`, `pricing page visit`. */
export const label = z.string().trim().min(1).max(80)

/** Columns of one group are told as one reason. Default: the label. */
export const group = label.optional()

const traitName = z.string().trim().min(1).max(200)

/** Whose trait it is. first_contact: of the lead by which the account came to be known, the lead itself where it was that one. */
const OWNERS = ['lead', 'account', 'first_contact'] as const

/** A trait, of the lead, its account or the account's first contact. */
export const traitOptions = {
  trait: traitName,
  of: z.enum(OWNERS).default('lead'),
  /** Default: the name of the trait. */
  name: featureName.optional(),
  label,
  group,
}

interface TraitOptions {
  readonly trait: string
  readonly of: (typeof OWNERS)[number]
  readonly name?: string | undefined
  readonly label: string
  readonly group?: string | undefined
}

/** Some of the measures of a kind, each once; all of them unless given. */
export function measuresOf<const Measure extends string>(measures: readonly [Measure, ...Measure[]]) {
  return z
    .array(z.enum(measures))
    .min(1)
    .refine((given) => new Set(given).size === given.length, 'must not name a measure twice')
    .default([...measures])
}

/** One column a measure of behaviour, `name.measure`, of a quantity that spans orders of magnitude. */
export function measureColumns(
  name: string,
  options: {
    readonly label: string
    readonly group?: string | undefined
    readonly measures: readonly string[]
  },
): Column[] {
  return options.measures.map((measure) => ({
    kind: 'number',
    name: `${name}.${measure}`,
    group: groupOf(options),
    side: 'behaviour',
    transform: 'log1p',
  }))
}

export { traitName }

export function nameOf(options: TraitOptions): string {
  return options.name ?? options.trait
}

export function groupOf(options: { readonly label: string; readonly group?: string | undefined }): string {
  return options.group ?? options.label
}

export function traitOf(facts: Facts, options: TraitOptions): TraitValue | undefined {
  switch (options.of) {
    case 'lead':
      return facts.leadTrait(options.trait)
    case 'account':
      return facts.accountTrait(options.trait)
    case 'first_contact':
      return facts.firstContactTrait(options.trait)
  }
}
