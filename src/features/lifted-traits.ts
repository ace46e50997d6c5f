/** Traits that give the outcome away stay out of definitions, unless a feature says why that is not so in its data. */
import type { Fault } from '../checked-yaml.ts'
import { outcomeFieldReason } from '../outcome-fields.ts'
import type { FeatureSpec } from './definition.ts'

/** Options of features that name traits: one, or a list. */
const TRAIT_OPTIONS = ['trait', 'mail', 'domain', 'title', 'lead', 'account'] as const

/** A trait that gives the outcome away needs a reason to be lifted, and a reason needs such a trait. */
export function liftFaults({ kind, options, lift }: FeatureSpec, position: number): Fault[] {
  const path = ['features', position, kind]
  const given = TRAIT_OPTIONS.flatMap((option) =>
    [options[option]].flat().map((trait) => ({ option, trait })),
  )
  const faults = given.flatMap(({ option, trait }): Fault[] => {
    const reason = typeof trait === 'string' ? outcomeFieldReason(trait) : null
    if (reason === null) return []
    const message = `"${trait}" ${reason}. If that is not so in your data, say why in this feature: lift: reason.`
    return [{ path: [...path, option], message }]
  })
  if (lift === undefined) return faults
  if (faults.length > 0) return []
  const message =
    'stands where nothing is to be lifted: no trait of this feature is known to give the outcome away.'
  return [{ path: [...path, 'lift'], message }]
}
