/** Leads and accounts that are there twice, disagree with themselves, or cannot be reached. */
import type { Duplicates } from '../../../src/db/data-check.ts'
import { numberText } from '../../../src/features/wording.ts'
import { defineFinding, type FindingKind, outOf, shareOf } from '../finding.ts'
import type { Measured } from '../measured.ts'

const DUPLICATES_HURT_FROM = 0.02

function duplicateFinding(
  id: string,
  what: string,
  value: string,
  duplicatesOf: (database: Measured['database']) => Duplicates,
): FindingKind {
  return defineFinding({
    id,
    find({ database }) {
      const { known, groups, surplus, examples } = duplicatesOf(database)
      if (groups === 0) return null
      const share = shareOf(surplus, known)
      return {
        severity: share >= DUPLICATES_HURT_FROM ? 'hurts' : 'look',
        text: `${outOf(surplus, known, what)} are there more than once: ${numberText(groups)} share ${value} with another.`,
        advice: '`wonlost data merge` proposes merges, with evidence, and can undo them.',
        examples: examples.map((pair) => pair.join(' = ')),
        share,
        figures: { groups, surplus, known },
      }
    },
  })
}

const CONTRADICTIONS_FROM = 0.05
const CONTRADICTIONS_HURT_FROM = 0.25

const BOUNCED_FROM = 0.05
const BOUNCED_HURTS_FROM = 0.15
const STALE_FROM = 0.5
const BEFORE_CREATION_HURTS_FROM = 0.05

export const PEOPLE_FINDINGS: readonly FindingKind[] = [
  duplicateFinding('duplicate_leads', 'leads', 'a mail address', (database) => database.duplicateLeads),
  duplicateFinding('duplicate_accounts', 'accounts', 'a domain', (database) => database.duplicateAccounts),
  defineFinding({
    id: 'contradictory_fields',
    find({ leads: { contradictions } }) {
      const bad = contradictions
        .map((one) => ({ ...one, share: shareOf(one.differ.count, one.compared) }))
        .filter(({ share }) => share >= CONTRADICTIONS_FROM)
        .sort((a, b) => b.share - a.share)
      const [worst] = bad
      if (!worst) return null
      const told = bad.map(
        ({ field, differ, compared }) => `${field}: ${outOf(differ.count, compared, 'leads')}`,
      )
      return {
        severity: worst.share >= CONTRADICTIONS_HURT_FROM ? 'hurts' : 'look',
        text: `Lead and account say different things. ${told.join('; ')}.`,
        advice:
          'Some of it is true (people move, groups have several domains); much of it means leads in the wrong account.',
        examples: worst.differ.examples,
        share: worst.share,
        figures: Object.fromEntries(
          bad.map(({ field, differ }) => [field.replaceAll(' ', '_'), differ.count]),
        ),
      }
    },
  }),
  defineFinding({
    id: 'bounced_leads',
    find({ leads: { leads, bounced } }) {
      const share = shareOf(bounced.count, leads)
      if (share < BOUNCED_FROM) return null
      return {
        severity: share >= BOUNCED_HURTS_FROM ? 'hurts' : 'look',
        text: `Mail to ${outOf(bounced.count, leads, 'leads')} came back.`,
        advice: 'Verify addresses where they enter; models/guardrails.yaml can keep such leads from sales.',
        examples: bounced.examples,
        share,
        figures: { bounced: bounced.count, leads },
      }
    },
  }),
  defineFinding({
    id: 'stale_leads',
    find({ leads: { leads, stale } }) {
      const share = shareOf(stale.count, leads)
      if (share < STALE_FROM) return null
      return {
        severity: 'look',
        text: `${outOf(stale.count, leads, 'leads')} are older than a year, and nothing happened with them within the last one.`,
        advice:
          'That is fine for training. If events of that time are missing, import them; else leave these out of campaigns.',
        examples: stale.examples,
        share,
        figures: { stale: stale.count, leads },
      }
    },
  }),
  defineFinding({
    id: 'events_before_creation',
    find({ leads: { leads, activeBeforeCreation } }) {
      const { count, examples } = activeBeforeCreation
      if (count === 0) return null
      const share = shareOf(count, leads)
      return {
        severity: share >= BEFORE_CREATION_HURTS_FROM ? 'hurts' : 'look',
        text: `${outOf(count, leads, 'leads')} did something before they were created: created_at is not their first touch.`,
        advice: 'Import the first touch as created_at, or they enter training later than they came.',
        examples,
        share,
        figures: { leads: count, of: leads },
      }
    },
  }),
]
