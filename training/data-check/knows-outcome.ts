/** Traits that alone tell who reached the target: honest ones reach an AUC of 0.6 to 0.8, one that was written over afterwards more. */
import { ALONE_AUC } from '../audit/accuse.ts'
import { aucOfCells } from '../audit/cells.ts'
import type { AttributeName } from './attributes.ts'
import type { AttributeConversion, Conversion, ConversionTables } from './conversion.ts'

/** Values of fewer rows are taken together, or each would know its own outcome. */
const LEAST_ROWS = 20
/** With fewer that reached the target, nothing can be said. */
const LEAST_REACHED = 20

/** The strongest first. */
export function traitsThatKnow({
  all,
  attributes,
}: ConversionTables): { attribute: AttributeName; auc: number }[] {
  if (all.reached < LEAST_REACHED) return []
  return [...attributes.values()]
    .filter(({ attribute, isSeveral }) => !isSeveral && /^(lead|account)\./.test(attribute))
    .map((table) => ({ attribute: table.attribute, auc: aucOf(table, all) }))
    .filter(({ auc }) => auc >= ALONE_AUC)
    .sort((a, b) => b.auc - a.auc || (a.attribute < b.attribute ? -1 : 1))
}

/**
 * AUC when each row is ranked by the conversion of its value, rows without one or with a rare one by theirs. In sample: with this
 * many rows a value the gain is small.
 */
function aucOf({ values }: AttributeConversion, all: Conversion): number {
  const frequent = values.filter(({ rows }) => rows >= LEAST_ROWS)
  const rest = {
    rows: frequent.reduce((left, { rows }) => left - rows, all.rows),
    reached: frequent.reduce((left, { reached }) => left - reached, all.reached),
  }
  const cells = rest.rows > 0 ? [...frequent, rest] : frequent
  return aucOfCells(cells.map(({ rows, reached }) => ({ rows, reached, score: reached / rows })))
}
