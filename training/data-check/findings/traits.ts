/** Traits that are not there, or that know too much. */

import { numberText } from '../../../src/features/wording.ts'
import { outcomeFieldReason } from '../../../src/outcome-fields.ts'
import { percent } from '../../report/figures.ts'
import { type AskedFor, askedFor } from '../asked-for.ts'
import { defineFinding, type FindingKind, shareOf } from '../finding.ts'
import { traitsThatKnow } from '../knows-outcome.ts'
import type { Measured } from '../measured.ts'
import type { TraitTally } from '../tally-traits.ts'

type TraitName = Pick<TraitTally, 'of' | 'name'>

const MISSING_FROM = 0.5

/** Of those who reached the target, so many have it; of the others, at most a fifth of that share. */
const FILLED_FROM = 0.2
const FILLED_TIMES = 5
const LEAST_FILLED = 20

export const TRAIT_FINDINGS: readonly FindingKind[] = [
  defineFinding({
    id: 'missing_traits',
    find({ definition, traits: { traits, leads } }) {
      const { traits: asked } = askedFor(definition)
      const missing = traits
        .filter(({ of, name }) => asked[of].has(name))
        .map((trait) => ({ trait, share: 1 - shareOf(trait.leads, leads) }))
        .filter(({ share }) => share >= MISSING_FROM)
        .sort((a, b) => b.share - a.share)
      const [worst] = missing
      if (!worst) return null
      const told = missing.slice(0, 5).map(({ trait, share }) => `${nameOf(trait)} (${percent(share)})`)
      const more = missing.length - told.length
      return {
        severity: 'look',
        text: `Missing for most leads: ${told.join(', ')}${more > 0 ? ` and ${more} more` : ''}.`,
        advice:
          'That is right for what few have. Ask for the others in forms, or enrich; a model treats missing as missing.',
        examples: [],
        share: shareOf(missing.length, asked.lead.size + asked.account.size),
        figures: Object.fromEntries(missing.map(({ trait, share }) => [nameOf(trait), share])),
      }
    },
  }),
  defineFinding({
    id: 'features_without_traits',
    find({ definition, traits: { traits, leads, isCut } }) {
      if (leads === 0 || isCut) return null
      const seen = new Set(traits.map(nameOf))
      const { traits: byKind } = askedFor(definition)
      const asked = (['lead', 'account'] as const).flatMap((of) =>
        [...byKind[of]].map((name) => `${of}.${name}`),
      )
      const absent = asked.filter((name) => !seen.has(name))
      if (absent.length === 0) return null
      const share = shareOf(absent.length, asked.length)
      return {
        severity: share > 0.5 ? 'hurts' : 'look',
        text: `The definition ${definition.name} asks for ${numberText(asked.length)} traits; nobody has ${numberText(absent.length)} of them.`,
        advice:
          'Import them, map the column that holds them to this name, or take them out of the definition.',
        examples: absent.slice(0, 4),
        share,
        figures: { asked: asked.length, absent: absent.length },
      }
    },
  }),
  defineFinding({
    id: 'outcome_fields',
    find(measured) {
      const fields = outcomeFields(measured)
      const [first] = fields
      if (!first) return null
      return {
        severity: 'look',
        text: `Traits that give the outcome away by their name: ${fields.slice(0, 4).map(nameOf).join(', ')}. ${nameOf(first)} ${outcomeFieldReason(first.name) ?? ''}.`,
        advice:
          'Nothing learns from them, and they are left out of the tables below. A definition may lift one, with a reason.',
        examples: fields.slice(0, 4).map(nameOf),
        share: 0,
        figures: { traits: fields.length },
      }
    },
  }),
  defineFinding({
    id: 'filled_after_outcome',
    find(measured) {
      const { definition, traits } = measured
      const asked = askedFor(definition).traits
      const filled = traits.traits.filter(
        (trait) => !isOutcomeField(trait, asked) && isFilledAfter(trait, measured),
      )
      const [worst] = filled
      if (!worst) return null
      const isRead = filled.some((trait) => asked[trait.of].has(trait.name))
      const before = shareOf(worst.beforeReached, worst.ofReached)
      return {
        severity: isRead ? 'hurts' : 'look',
        text: `Filled in where the target was reached, hardly elsewhere: ${filled.slice(0, 4).map(nameOf).join(', ')}. ${nameOf(worst)}: ${percent(worst.ofReached / traits.reached)} of those, ${percent(worst.ofOthers / traits.others)} of the others; ${percent(before)} of them by their date before.`,
        advice:
          'If it is filled in because of the outcome, keep it out of the definition, or import it with the time at which it was known.',
        examples: filled.slice(0, 4).map(nameOf),
        share: shareOf(worst.ofReached, traits.reached),
        figures: { traits: filled.length, of_reached: worst.ofReached, of_others: worst.ofOthers },
      }
    },
  }),
  defineFinding({
    id: 'knows_outcome',
    find({ definition, conversion }) {
      const asked = askedFor(definition).traits
      const knowing = traitsThatKnow(conversion)
        .map(({ attribute, auc }) => ({ attribute, auc, trait: traitOf(attribute) }))
        .filter(({ trait }) => !isOutcomeField(trait, asked))
      const [worst] = knowing
      if (!worst) return null
      const isRead = knowing.some(({ trait }) => asked[trait.of].has(trait.name))
      return {
        severity: isRead ? 'hurts' : 'look',
        text: `Alone it tells who reaches the target: ${knowing.map(({ attribute, auc }) => `${attribute} (right in ${Math.round(100 * auc)} of 100 pairs)`).join(', ')}. A pair is one lead that did and one that did not; honest traits are right in 60 to 80.`,
        advice:
          'It was probably written over when the outcome was known, with the old date. Keep it out of the definition.',
        examples: knowing.map(({ attribute }) => attribute),
        share: worst.auc,
        figures: Object.fromEntries(knowing.map(({ attribute, auc }) => [attribute, auc])),
      }
    },
  }),
]

/** Those that the definition does not lift: it could not ask for them otherwise. */
export function outcomeFields({ definition, traits }: Measured): TraitTally[] {
  const asked = askedFor(definition).traits
  return traits.traits.filter((trait) => isOutcomeField(trait, asked))
}

function isOutcomeField({ of, name }: TraitName, asked: AskedFor['traits']): boolean {
  return outcomeFieldReason(name) !== null && !asked[of].has(name)
}

function isFilledAfter(
  { ofReached, ofOthers }: TraitTally,
  { traits: { reached, others } }: Measured,
): boolean {
  const share = shareOf(ofReached, reached)
  return (
    ofReached >= LEAST_FILLED && share >= FILLED_FROM && share >= FILLED_TIMES * shareOf(ofOthers, others)
  )
}

function nameOf({ of, name }: TraitName): string {
  return `${of}.${name}`
}

/** Of an attribute that is a trait: `lead.source`. */
function traitOf(attribute: string): TraitName {
  const [of, ...name] = attribute.split('.')
  return { of: of === 'account' ? 'account' : 'lead', name: name.join('.') }
}
