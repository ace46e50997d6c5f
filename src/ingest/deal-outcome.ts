/** The outcome of a deal, told by other columns than one of that name. */
import { CellFault } from './cell-fault.ts'
import type { RowFault } from './define-import.ts'
import { cellKey } from './map-fields.ts'
import type { MapOutcome } from './map-object.ts'
import { flagOf, NO_FLAG } from './read-flag.ts'

/** Where in a row the outcome stands. `name` is the one in the file. */
interface OutcomeCell {
  readonly position: number
  readonly name: string
}

export type OutcomePlan =
  | { readonly by: 'flags'; readonly closed: OutcomeCell; readonly won: OutcomeCell }
  | (Extract<MapOutcome, { by: 'stages' }> & { readonly stage: OutcomeCell })

type DealOutcome = 'won' | 'lost' | 'open'

/** `missing` are texts that mean "not known". */
export function readOutcome(
  plan: OutcomePlan,
  cells: readonly string[],
  missing: ReadonlySet<string>,
): DealOutcome | RowFault {
  const textOf = ({ position }: OutcomeCell): string => {
    const key = cellKey(cells[position]!)
    return missing.has(key) ? '' : key
  }
  if (plan.by === 'stages') {
    const stage = textOf(plan.stage)
    if (stage === '') return fault(plan.stage, 'is empty, so that nobody can tell the outcome')
    return plan.won.has(stage) ? 'won' : plan.lost.has(stage) ? 'lost' : 'open'
  }
  // CRMs compute these flags, and some leave them empty until they are true.
  const flag = (cell: OutcomeCell): boolean | null => {
    const text = textOf(cell)
    return text === '' ? false : flagOf(text)
  }
  const [closed, won] = [flag(plan.closed), flag(plan.won)]
  for (const cell of [plan.closed, plan.won])
    if (flag(cell) === null)
      return fault(cell, `${JSON.stringify(cells[cell.position]!.slice(0, 60))} ${NO_FLAG}`)
  if (won) {
    const isStated = textOf(plan.closed) !== ''
    return closed || !isStated ? 'won' : fault(plan.won, `is true, but ${plan.closed.name} is false`)
  }
  return closed ? 'lost' : 'open'
}

function fault(cell: OutcomeCell, reason: string): RowFault {
  return { column: cell.name, fault: new CellFault(reason) }
}
