/** What the page shows of a report of the monitor, which the API hands on as the monitor wrote it. */
export interface MonitorFindings {
  readonly because: string
  readonly retrain: string
  readonly crossed: readonly { readonly text: string; readonly allowed: string }[]
  readonly notWatched: readonly string[]
  readonly drift: readonly DriftSet[]
}

export interface DriftSet {
  readonly set: string
  readonly rows: number
  readonly referenceRows: number
  /** The score first, then what moved most above chance. */
  readonly figures: readonly DriftFigure[]
}

interface DriftFigure {
  readonly column: string
  readonly isScore: boolean
  readonly psi: number
  readonly psiByChance: number
  readonly qValue: number
}

type Fields = Readonly<Record<string, unknown>>

export function readFindings(report: Fields): MonitorFindings {
  return {
    because: textOf(report['because']),
    retrain: textOf(fieldsOf(report['retrain'])['text']),
    crossed: listOf(report['crossed'])
      .map(fieldsOf)
      .map(({ text, allowed }) => ({ text: textOf(text), allowed: textOf(allowed) })),
    notWatched: listOf(report['not_watched']).map(textOf),
    drift: listOf(report['drift'])
      .map(fieldsOf)
      .map(({ set, rows, reference_rows: referenceRows, score, columns }) => ({
        set: textOf(set),
        rows: numberOf(rows),
        referenceRows: numberOf(referenceRows),
        figures: [
          driftFigure(fieldsOf(score), true),
          ...listOf(columns).map((column) => driftFigure(fieldsOf(column), false)),
        ],
      })),
  }
}

function driftFigure(figure: Fields, isScore: boolean): DriftFigure {
  return {
    column: textOf(figure['column']),
    isScore,
    psi: numberOf(figure['psi']),
    psiByChance: numberOf(figure['psi_by_chance']),
    qValue: numberOf(figure['q_value']),
  }
}

function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? { ...value } : {}
}

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])
const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')
const numberOf = (value: unknown): number => (typeof value === 'number' ? value : Number.NaN)
