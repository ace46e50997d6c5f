/** Whether there is enough to learn from, in the words and with the thresholds of training. */
import { countText, numberText } from '../../../src/features/wording.ts'
import { outcomesUsed } from '../../divide-rows.ts'
import { isOneAccount, LEAST_TO_PROMOTE, type Shortage, tooLittleData } from '../../enough-data.ts'
import { defineFinding } from '../finding.ts'
import { hasOtherPipelinesOnly, type Measured } from '../measured.ts'

const SHORTAGES = {
  outcomes: 'too_few_outcomes',
  outcomes_after_split: 'too_few_outcomes_after_split',
  history: 'history_too_short',
  part: 'part_too_small',
} as const

/** Nothing to count at all: then a shortage of outcomes says nothing more. */
export const NOTHING_THERE = [
  defineFinding({
    id: 'no_leads',
    find: ({ database: { leads } }) =>
      leads > 0 ? null : nothing('There are no leads to learn from.', 'Import them: `wonlost import leads`.'),
  }),
  defineFinding({
    id: 'no_deals',
    find: ({ database: { leads, deals } }) =>
      leads === 0 || deals > 0
        ? null
        : nothing(
            'There are no deals to learn from: nobody has won or lost.',
            'Import them, won and lost, with their contacts: `wonlost import deals`.',
          ),
  }),
]

function nothing(text: string, advice: string) {
  return { severity: 'stops' as const, text, advice, examples: [], share: 1, figures: {} }
}

function isNothingThere({ database, definition }: Measured): boolean {
  return database.leads === 0 || database.deals === 0 || hasOtherPipelinesOnly(database, definition)
}

/** One for each kind of shortage; training meets the first. */
export const SHORTAGE_FINDINGS = Object.entries(SHORTAGES).map(([of, id]) =>
  defineFinding({
    id,
    find(measured) {
      const { shortage, outcomes } = measured.sufficiency
      if (shortage?.of !== of || isNothingThere(measured)) return null
      return {
        severity: 'stops',
        text: tooLittleData(shortage, measured.landmarks).message,
        advice: adviceOn(shortage),
        examples: [],
        share: 1,
        figures: { reached: outcomes.reached, not_reached: outcomes.notReached },
      }
    },
  }),
)

function adviceOn(shortage: Shortage): string {
  return shortage.of === 'history' && isOneAccount(shortage)
    ? 'Look whether it collects leads of which nobody knew the account: import them again with the right account_id, or with none.'
    : 'Import older leads and deals, with all that were lost or never became a deal, or wait; the rubric ranks leads meanwhile.'
}

export const PROMOTED_BY_HAND = defineFinding({
  id: 'promoted_by_hand_only',
  find({ sufficiency: { shortage, divided } }) {
    if (shortage || !divided) return null
    const { reached } = outcomesUsed(divided)
    if (reached >= LEAST_TO_PROMOTE) return null
    return {
      severity: 'look',
      text: `A model can be trained, and is promoted only by hand: ${countText(reached, 'subject')} that reached the target, where ${LEAST_TO_PROMOTE} are asked for.`,
      advice: 'Read its report, above all the intervals, before `wonlost models promote`.',
      examples: [],
      share: 1 - reached / LEAST_TO_PROMOTE,
      figures: { reached, needed: LEAST_TO_PROMOTE },
    }
  },
})

export const OTHER_PIPELINES = defineFinding({
  id: 'deals_in_other_pipelines',
  find({ database, definition }) {
    if (!hasOtherPipelinesOnly(database, definition)) return null
    const { pipelines, deals } = database
    const { name, pipeline } = definition
    const won = pipelines.reduce((sum, one) => sum + one.won, 0)
    const names = pipelines.slice(0, 2).map((one) => one.pipeline)
    return {
      severity: 'stops',
      text: `The definition ${name} learns from the pipeline "${pipeline}", which has no deal; ${countText(deals, 'deal')} (${numberText(won)} won) ${deals === 1 ? 'is' : 'are'} in others.`,
      advice: `Name the right one under "pipeline" in the definition, or map it to "${pipeline}" when importing.`,
      examples: names,
      share: 1,
      figures: { deals, won },
    }
  },
})
