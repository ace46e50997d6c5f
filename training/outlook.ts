/** When there will be enough to train a model: what is missing, in numbers, and how long it takes if it goes on as it went. */
import { countText, numberText } from '../src/features/wording.ts'
import { DAY, formatTime, type Milliseconds } from '../src/glossary.ts'
import type { LandmarkPlan } from './course.ts'
import {
  isOneAccount,
  LEAST_IN_A_PART,
  LEAST_TO_TRAIN,
  type OutcomeCounts,
  type Shortage,
} from './enough-data.ts'
import type { Row } from './rows.ts'

export const MONTH = (365.25 / 12) * DAY

/** Of the guesses at when there will be enough, more than this is none. */
const LONGEST_WAIT_MONTHS = 120

/** As long as this many horizons must a history be, to be cut into four parts. */
export const LEAST_HORIZONS = 5

/** How each target is said: of those who reached it, and of the others. */
export const TARGET_WORDS: Readonly<Record<LandmarkPlan['target'], readonly [string, string]>> = {
  won: ['won', 'not'],
  opened: ['with an opportunity', 'without'],
  sales_qualified: ['sales-qualified', 'not'],
}

export interface Outlook {
  /** Subjects that count by now. */
  readonly outcomes: OutcomeCounts
  /** More of them that a model needs; 0 where there are enough. Time can be missing as well. */
  readonly missing: OutcomeCounts
  /** From the first usable row to the cut-off; 0 without one. */
  readonly months: number
  /** At the present pace; null when there is no pace to go by, or time alone does not help. */
  readonly readyAt: Milliseconds | null
  /** All of that in a sentence or two. */
  readonly text: string
}

/** @param rows All landmarks before the cut-off, usable or not: where most were not known at the time, waiting mends nothing. */
export function outlookOf(
  shortage: Shortage,
  rows: readonly Row[],
  outcomes: OutcomeCounts,
  plan: Pick<LandmarkPlan, 'horizonDays' | 'target'>,
  cutoff: Milliseconds,
): Outlook {
  const months = monthsOf(firstUsable(rows), cutoff)
  const count = (status: Row['status']): number => rows.filter((row) => row.status === status).length
  const wait = count('not_known') > count('usable') ? null : monthsMissing(shortage, plan, months)
  const outlook = {
    outcomes,
    missing: missingOf(shortage, outcomes),
    months,
    readyAt: readyTime(wait, cutoff),
  }
  return { ...outlook, text: outlookText(outlook, shortage, plan, cutoff) }
}

/** When the first usable row was; null without any. */
export function firstUsable(rows: readonly Row[]): Milliseconds | null {
  const first = rows.reduce(
    (least, row) => (row.usable ? Math.min(least, row.asOf) : least),
    Number.POSITIVE_INFINITY,
  )
  return Number.isFinite(first) ? first : null
}

export function monthsOf(firstRowAt: Milliseconds | null, cutoff: Milliseconds): number {
  return firstRowAt === null ? 0 : (cutoff - firstRowAt) / MONTH
}

/**
 * A part holds its share of what there is, and so does what the split in time leaves: for twice as many there, twice as many are needed.
 */
function missingOf(shortage: Shortage, outcomes: OutcomeCounts): OutcomeCounts {
  if (shortage.of === 'history') return { reached: 0, notReached: 0 }
  const least = leastOf(shortage)
  const missing = (name: keyof OutcomeCounts): number => {
    const counted = shortage.outcomes[name]
    if (counted >= least) return 0
    return counted === 0 ? least : Math.ceil((outcomes[name] * least) / counted) - outcomes[name]
  }
  return { reached: missing('reached'), notReached: missing('notReached') }
}

function leastOf({ of }: Shortage): number {
  return of === 'part' ? LEAST_IN_A_PART : LEAST_TO_TRAIN
}

export function readyTime(wait: number | null, cutoff: Milliseconds): Milliseconds | null {
  return wait === null || wait > LONGEST_WAIT_MONTHS ? null : cutoff + Math.ceil(wait * MONTH)
}

/**
 * Months until there is enough, if it goes on as it went. null where there is no pace, or time alone does not help.
 * A subject counts when its horizon has elapsed: the pace is of the months in which outcomes became known.
 */
export function monthsMissing(
  shortage: Shortage,
  { horizonDays }: Pick<LandmarkPlan, 'horizonDays'>,
  months: number,
): number | null {
  const horizonMonths = ((horizonDays ?? 0) * DAY) / MONTH
  if (months <= horizonMonths) return null
  if (shortage.of === 'history') {
    if (isOneAccount(shortage)) return null
    const missing = LEAST_HORIZONS * horizonMonths - months
    return missing > 0 ? missing : null
  }
  const { reached, notReached } = shortage.outcomes
  if (reached === 0 || notReached === 0) return null
  const least = leastOf(shortage)
  const factor = Math.max(least / reached, least / notReached)
  return (factor - 1) * (months - horizonMonths)
}

/** "A model needs 31 more won (9 of 40) and no more not won (45). At the present pace there will be enough in about 19 months (2028-06)." */
function outlookText(
  { outcomes, missing, readyAt }: Omit<Outlook, 'text'>,
  shortage: Shortage,
  { target }: Pick<LandmarkPlan, 'target'>,
  cutoff: Milliseconds,
): string {
  const [yes, no] = TARGET_WORDS[target]
  const words = { reached: yes, notReached: no === 'not' ? `not ${yes}` : no }
  const ofOne = (name: keyof OutcomeCounts): string => {
    if (shortage.of === 'history' || missing[name] === 0)
      return `no more ${words[name]} (${numberText(outcomes[name])})`
    const counted = `${numberText(shortage.outcomes[name])} of ${leastOf(shortage)}${placeOf(shortage)}`
    return `${numberText(missing[name])} more ${words[name]} (${counted})`
  }
  const longer = shortage.of === 'history' ? ', but a longer history' : ''
  const when =
    readyAt === null
      ? 'There is no pace to go by yet.'
      : `At the present pace there will be enough in about ${monthsText((readyAt - cutoff) / MONTH)} (${formatTime(readyAt).slice(0, 7)}).`
  return `A model needs ${ofOne('reached')} and ${ofOne('notReached')}${longer}. ${when}`
}

/** Where they are counted. */
function placeOf(shortage: Shortage): string {
  if (shortage.of === 'outcomes_after_split') return ' after the split in time'
  return shortage.of === 'part' ? ` in the ${shortage.part} part` : ''
}

export function monthsText(months: number): string {
  return months < 0.95 ? 'less than a month' : countText(Math.round(months), 'month')
}
