/** Whether there is enough to learn from, in the words and with the thresholds of training. */
import { countText, numberText } from '../../../src/features/wording.ts'
import { outcomesUsed } from '../../divide-rows.ts'
import { LEAST_TO_PROMOTE, tooLittleData } from '../../enough-data.ts'
import { defineFinding } from '../finding.ts'

const SHORTAGES = {
  outcomes: 'too_few_outcomes',
  outcomes_after_split: 'too_few_outcomes_after_split',
  history: 'history_too_short',
  part: 'part_too_small',
} as const

/** One for each kind of shortage; training meets the first. */
export const SHORTAGE_FINDINGS = Object.entries(SHORTAGES).map(([of, id]) =>
  defineFinding({
    id,
    find({ sufficiency: { shortage, outcomes }, landmarks }) {
      if (shortage?.of !== of) return null
      return {
        severity: 'stops',
        text: tooLittleData(shortage, landmarks).message,
        advice:
          'Import older leads and deals, with all that were lost or never became a deal, or wait; the rubric ranks leads meanwhile.',
        examples: [],
        share: 1,
        figures: { reached: outcomes.reached, not_reached: outcomes.notReached },
      }
    },
  }),
)

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
  find({ database: { pipelines, deals }, definition: { name, pipeline } }) {
    if (pipelines.length === 0 || pipelines.some((one) => one.pipeline === pipeline)) return null
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
