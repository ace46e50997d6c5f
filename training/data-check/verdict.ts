/** The answer before all others: whether a model can be trained, and if not, what is missing and when it will be there. */
import { countText, numberText } from '../../src/features/wording.ts'
import { DAY, formatTime, type Milliseconds } from '../../src/glossary.ts'
import {
  isOneAccount,
  LEAST_IN_A_PART,
  LEAST_TO_TRAIN,
  type OutcomeCounts,
  type Shortage,
  shortageOfOutcomes,
} from '../enough-data.ts'
import {
  LEAST_HORIZONS,
  MONTH,
  monthsMissing,
  monthsOf,
  monthsText,
  readyTime,
  TARGET_WORDS,
} from '../outlook.ts'
import { hasOtherPipelinesOnly, type Measured } from './measured.ts'

export interface Verdict {
  readonly canTrain: boolean
  /** A sentence. */
  readonly text: string
  /** What goes with it: what is missing, when it will be there, what else would help. */
  readonly details: readonly string[]
  /** Subjects of the usable rows. */
  readonly outcomes: OutcomeCounts
  /** From the first usable row to the cut-off; 0 without one. */
  readonly months: number
  /** At the present pace; null when there is no pace to go by, or nothing is missing. */
  readonly readyAt: Milliseconds | null
}

export function judge(measured: Measured): Verdict {
  const { sufficiency, asOf, firstRowAt, definition } = measured
  const { outcomes, shortage } = sufficiency
  const months = monthsOf(firstRowAt, asOf)
  const [yes, no] = TARGET_WORDS[definition.target]
  if (!shortage) {
    const text = `You can train: ${numberText(outcomes.reached)} ${yes}, ${numberText(outcomes.notReached)} ${no}${spanOf(months)}.`
    return { canTrain: true, text, details: [whatCounts(measured)], outcomes, months, readyAt: null }
  }
  const wait = isMendable(shortage, measured) ? null : monthsMissing(shortage, definition, months)
  const readyAt = readyTime(wait, asOf)
  return {
    canTrain: false,
    text: `You cannot train yet: ${whatIsMissing(shortage, measured, [yes, no], months)}.`,
    details: [
      ...(measured.database.leads > 0 ? [whatCounts(measured)] : []),
      ...ifKnown(measured, [yes, no]),
      ...(readyAt === null || wait === null
        ? []
        : [
            `At the present pace there will be enough in about ${monthsText(wait)} (${formatTime(readyAt).slice(0, 7)}).`,
          ]),
    ],
    outcomes,
    months,
    readyAt,
  }
}

function whatIsMissing(
  shortage: Shortage,
  { database, dataEnd, definition }: Measured,
  [yes, no]: readonly [string, string],
  months: number,
): string {
  const span = spanOf(months)
  if (dataEnd.newest === null) return 'there are no leads'
  if (dataEnd.newestDeal === null)
    return `there are no deals, so nobody has ${definition.target === 'won' ? 'won' : 'reached the target'} or lost`
  if (database.leads === 0) return 'there are no leads'
  if (hasOtherPipelinesOnly(database, definition))
    return `no deal is in the pipeline "${definition.pipeline}", and ${countText(database.deals, 'deal')} ${database.deals === 1 ? 'is' : 'are'} in others`
  if (shortage.of === 'history') {
    if (isOneAccount(shortage))
      return 'most leads are in one account, and what is learned from an account cannot be tested on it'
    const least = (LEAST_HORIZONS * (definition.horizonDays ?? 0) * DAY) / MONTH
    if (least > 0 && months >= least)
      return 'the leads came too close together to learn, calibrate and test in order of time'
    const needed = least === 0 ? '' : ` (about ${monthsText(least)} are needed)`
    return `the history is too short to learn, calibrate and test in order of time${needed}${span}`
  }
  const { reached, notReached } = shortage.outcomes
  const least = shortage.of === 'part' ? LEAST_IN_A_PART : LEAST_TO_TRAIN
  const tell = (count: number, word: string): string =>
    `${numberText(count)} ${word}${count < least ? ` of the ${least} needed` : ''}`
  const counts = `${tell(reached, yes)}, ${tell(notReached, no)}`
  if (shortage.of === 'part') return `the ${shortage.part} part, cut off in order of time, has ${counts}`
  if (shortage.of === 'outcomes_after_split') return `cut into parts in order of time there are ${counts}`
  return `${counts}${span}`
}

/** Who has reached the target, who has not, and of whom nobody can say yet. */
function whatCounts({ definition, cohorts }: Measured): string {
  const { name, population, horizonDays, target, pipeline } = definition
  const who = population === 'deals' ? 'a deal' : 'a lead'
  const yes = TARGET_WORDS[target][0]
  const young = cohorts.reduce((sum, { rows, ripe }) => sum + rows - ripe, 0)
  const waiting = young > 0 ? ` Of ${numberText(young)} more it is too early to tell.` : ''
  if (horizonDays === null) return `For ${name}, ${who} in ${pipeline} counts once it is closed.${waiting}`
  const within = countText(horizonDays, 'day')
  return `For ${name}, ${who} counts as "${yes}" if it got there in ${pipeline} within ${within}, and as "not" when these are over.${waiting}`
}

/** What trusted times would change, where they would change the answer. */
function ifKnown({ knowledge }: Measured, [yes, no]: readonly [string, string]): string[] {
  const { entriesNotKnown, outcomesIfKnown } = knowledge
  if (entriesNotKnown === 0 || shortageOfOutcomes(outcomesIfKnown) !== null) return []
  const { reached, notReached } = outcomesIfKnown
  return [
    `Had their times been declared as trusted (--trusted-times), there would be ${numberText(reached)} ${yes}, ${numberText(notReached)} ${no}.`,
  ]
}

/** Most were not known when they came: that is mended, not waited for. */
function isMendable(shortage: Shortage, { knowledge }: Measured): boolean {
  return (
    shortage.of !== 'history' &&
    shortageOfOutcomes(knowledge.outcomesIfKnown) === null &&
    knowledge.entriesNotKnown > 0
  )
}

function spanOf(months: number): string {
  return months > 0 ? `, in ${monthsText(months)}` : ''
}
