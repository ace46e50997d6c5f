/** How a file of deals tells which were won. */
import { cellKey } from '../map-fields.ts'
import { flagOf } from '../read-flag.ts'
import { OUTCOME_NAMES } from './column-names.ts'
import type { ColumnProfile } from './column-profile.ts'
import type { ColumnNames } from './match-columns.ts'

export type OutcomeGuess =
  | { readonly by: 'flags'; readonly closed: ColumnProfile; readonly won: ColumnProfile }
  | {
      readonly by: 'stages'
      readonly stage: ColumnProfile
      readonly won: readonly string[]
      readonly lost: readonly string[]
      /** What counts as open. */
      readonly others: readonly string[]
    }

const WON = /(^|[^a-z])(closed ?won|won|gewonnen|gagn[ée]+|ganad[oa]|success(ful)?)($|[^a-z])/i
const LOST =
  /(^|[^a-z])(closed ?lost|lost|verloren|perdue?|perdid[oa]|unsuccessful|abandoned|dropped)($|[^a-z])/i

/** Two columns of true and false, or else one whose values speak of won or lost. */
export function guessOutcome(
  columns: ColumnNames,
  flagNames: { readonly closed: readonly string[]; readonly won: readonly string[] },
): OutcomeGuess | null {
  const closed = columns.find([...flagNames.closed, ...OUTCOME_NAMES.closed])
  const won = columns.find([...flagNames.won, ...OUTCOME_NAMES.won])
  if (closed && won && [closed, won].every(isFlag)) return { by: 'flags', closed, won }
  const named = OUTCOME_NAMES.stage.flatMap((name) => columns.find([name]) ?? [])
  for (const stage of named) {
    const stages = [...new Map([...stage.distinct].map((text) => [cellKey(text), text])).values()]
    const lost = stages.filter((text) => LOST.test(text))
    const won = stages.filter((text) => WON.test(text) && !lost.includes(text))
    if (won.length + lost.length === 0) continue
    const others = stages.filter((text) => !won.includes(text) && !lost.includes(text))
    return { by: 'stages', stage, won, lost, others }
  }
  return null
}

function isFlag({ distinct }: ColumnProfile): boolean {
  return [...distinct].every((text) => flagOf(text) !== null)
}
