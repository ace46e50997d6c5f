/** Deals that cannot teach what they should. */
import type { Counted } from '../../../src/db/data-check.ts'
import { defineFinding, type FindingKind, outOf, shareOf } from '../finding.ts'
import type { Measured } from '../measured.ts'

/** A fault of single deals: worth a look from the first on, and a harm from a share on. */
function dealFinding(
  id: string,
  hurtsFrom: number,
  tell: (database: Measured['database']) => { deals: Counted; of: number; fault: string; advice: string },
): FindingKind {
  return defineFinding({
    id,
    find({ database }) {
      const { deals, of, fault, advice } = tell(database)
      if (deals.count === 0) return null
      const share = shareOf(deals.count, of)
      return {
        severity: share >= hurtsFrom ? 'hurts' : 'look',
        text: `${outOf(deals.count, of, 'deals')} ${fault}.`,
        advice,
        examples: deals.examples,
        share,
        figures: { deals: deals.count, of },
      }
    },
  })
}

export const DEAL_FINDINGS: readonly FindingKind[] = [
  dealFinding('deals_without_contacts', 0.05, (database) => ({
    deals: database.dealsWithoutContacts,
    of: database.deals,
    fault: 'have no contact: nobody has won or lost them',
    advice: 'Import their contacts (the contact roles of the CRM).',
  })),
  dealFinding('deals_without_first_touch', 0.05, (database) => ({
    deals: database.dealsWithoutFirstTouch,
    of: database.deals,
    fault: 'were opened before any contact came or did anything: what led to them is not recorded',
    advice:
      'Import what came before (form fills, visits, calls), and take first touch, not the conversion to a contact, as created_at.',
  })),
  dealFinding('stage_won_outcome_not', 0.02, (database) => ({
    deals: database.stageWonOutcomeNot,
    of: database.dealsWithStages,
    fault: 'are in a stage that is called won, but are open or lost',
    advice: 'Correct the outcome; a map says which stages or fields mean won (`outcome`).',
  })),
  dealFinding('stage_lost_outcome_not', 0.02, (database) => ({
    deals: database.stageLostOutcomeNot,
    of: database.dealsWithStages,
    fault: 'are in a stage that is called lost, but are open or won',
    advice: 'Correct the outcome; a map says which stages or fields mean lost (`outcome`).',
  })),
]
