/**
 * Columns that look like leaks: written after, or because of, the outcome. Nobody can prove that from rows alone; these figures
 * give it away, and each accusation carries the one that speaks:
 *
 * 1. alone: the column alone ranks the rows with an AUC of 0.9 or more. Honest columns of lead scoring reach 0.6 to 0.8.
 * 2. filled in: whether there is a value at all ranks the rows with an AUC beyond 0.8, or below 0.2: somebody fills it in when
 *    the outcome is clear.
 * 3. certain: a value all but decides the outcome (certain-value.ts).
 * 4. named: its name is one that gives the outcome away, and it explains a fifth of the outcome by itself.
 * 5. irreplaceable: without it a model falls apart (irreplaceable.ts).
 *
 * What is found is put aside before the models of the fifth are made, and after each of them, because one leak hides another.
 */
import type { AuditFinding, AuditReport } from '../report/audit-report.ts'
import { percent } from '../report/figures.ts'
import { type AloneFigures, type AuditedRows, auditAlone } from './alone.ts'
import { findIrreplaceable } from './irreplaceable.ts'

/** Columns that are one thing to the reader: a feature with its measures, a date with its parts. */
export interface AuditUnit {
  readonly name: string
  /** Places in the matrix. */
  readonly columns: readonly number[]
  /** Why its name gives the outcome away; null for an innocent one. */
  readonly named: string | null
}

/** The check of the data asks the same of traits. */
export const ALONE_AUC = 0.9
const FILLED_IN_AUC = 0.8
const NAMED_SKILL = 0.2
const ROUNDS = 5

interface Audited {
  readonly unit: AuditUnit
  /** Of its strongest column. */
  readonly auc: number
  readonly because: Because | null
}

type Because = Pick<AuditFinding, 'id' | 'figure' | 'text'>

/** Outcomes of the audited rows, and how to call what is ranked by them. */
export interface Outcomes {
  readonly labels: Uint8Array
  /** Follows "ranks": `the rows`. */
  readonly of: string
}

export interface Accusation extends Because {
  readonly unit: AuditUnit
}

/**
 * @param outcomes The first are those of the matrix; a column is accused when it knows any of them.
 * @returns The AUC of each column by the first outcomes, and what is held against which unit.
 */
export function accuse(
  rows: AuditedRows,
  units: readonly AuditUnit[],
  outcomes: readonly [Outcomes, ...Outcomes[]],
): { readonly features: AuditReport['features']; readonly accusations: readonly Accusation[] } {
  const { columns } = rows.matrix
  const features: { column: string; auc: number | null }[] = []
  const audited = units.map((unit): Audited => {
    let auc = 0
    let because: Because | null = null
    for (const column of unit.columns) {
      for (const [place, { labels, of }] of outcomes.entries()) {
        const figures = auditAlone(rows, column, labels)
        because ??= speaksAgainst(unit, figures, of)
        if (place > 0) continue
        auc = Math.max(auc, figures.auc)
        features.push({ column: columns[column]!.name, auc: Number.isNaN(figures.auc) ? null : figures.auc })
      }
    }
    return { unit, auc, because }
  })
  const accusations = audited.flatMap(({ unit, because }) => (because ? [accusationOf(unit, because)] : []))
  let left = audited.filter(({ because }) => because === null)
  for (let round = 0; round < ROUNDS; round++) {
    const loss = findIrreplaceable(rows, left)
    if (!loss) break
    const because = {
      id: 'irreplaceable',
      figure: { name: 'skill_lost', value: loss.skillLost },
      text: `Without it the skill of a model falls by ${loss.skillLost.toFixed(2)}, from ${loss.skill.toFixed(2)}; no other column can stand in for it.`,
    }
    accusations.push(accusationOf(loss.unit, because))
    left = left.filter(({ unit }) => unit !== loss.unit)
  }
  features.sort((a, b) => (b.auc ?? 0) - (a.auc ?? 0) || (a.column < b.column ? -1 : 1))
  return { features, accusations }
}

function accusationOf(unit: AuditUnit, because: Because): Accusation {
  const byName = unit.named === null ? '' : ` By its name it ${unit.named}.`
  return { ...because, unit, text: `${because.text}${byName}` }
}

function speaksAgainst(unit: AuditUnit, figures: AloneFigures, of: string): Because | null {
  const { auc, missingAuc, certain, skill } = figures
  if (auc >= ALONE_AUC)
    return {
      id: 'knows_outcome',
      figure: { name: 'auc', value: auc },
      text: `Alone it ranks ${of} with an AUC of ${auc.toFixed(3)}; honest columns reach 0.6 to 0.8.`,
    }
  if (missingAuc !== null && Math.abs(missingAuc - 0.5) >= FILLED_IN_AUC - 0.5)
    return {
      id: 'filled_in',
      figure: { name: 'missing_auc', value: missingAuc },
      text: `Whether it is missing ranks ${of} with an AUC of ${missingAuc.toFixed(3)}: it is filled in when the outcome is clear.`,
    }
  if (certain) {
    const { value, rows, rate } = certain
    const which = value === null ? 'in one range of its values' : `that have "${value}"`
    return {
      id: 'certain_value',
      figure: { name: 'rate', value: rate },
      text: `Of ${rows} rows ${which}, ${percent(rate)} reached the target: an honest value makes it likelier, not certain.`,
    }
  }
  if (unit.named !== null && skill >= NAMED_SKILL)
    return {
      id: 'named_and_strong',
      figure: { name: 'skill', value: skill },
      text: `Alone it explains ${percent(skill)} of the outcome.`,
    }
  return null
}
