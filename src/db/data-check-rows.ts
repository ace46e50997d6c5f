/** Rows as data-check-queries.ts returns them, and what they become. */
import type { Activity, Counted, TimeField } from './data-check.ts'

export type CountedRow<Name extends string> = Record<Name, number> &
  Record<`${Name}_first` | `${Name}_last`, string | null>

export interface ActivityRow {
  kind: Activity['kind']
  name: string
  n: number
  first: string
  last: string
  active_days: number
  gap: number
  gap_from: string
  n_before_gap: number
  names: number
}

export interface ClockRow extends CountedRow<'future'> {
  field: string
  part: string
  n: number
  clocks: [string, number][]
}

export interface StampRow {
  field: string
  part: string
  second: Date
  n: number
  first: string
  last: string
}

export function counted(count: number, first: string | null, last: string | null): Counted {
  return { count, examples: [...new Set([first, last])].filter((id) => id !== null) }
}

/** Systems name types and sources as they like, also by whom a mail went to. */
function withoutMail(name: string): string {
  return name.replace(/[^\s@]+@(?=[^\s@])/g, '...@')
}

export function toActivity(row: ActivityRow): Activity {
  const hasGap = row.gap > 0
  return {
    kind: row.kind,
    name: withoutMail(row.name),
    count: row.n,
    firstDay: row.first,
    lastDay: row.last,
    activeDays: row.active_days,
    gapDays: row.gap,
    gapFrom: hasGap ? row.gap_from : null,
    countBeforeGap: hasGap ? row.n_before_gap : 0,
    names: row.names,
  }
}

export function toTimeField(row: ClockRow, stamp: StampRow | undefined): TimeField {
  return {
    field: row.field,
    part: withoutMail(row.part),
    count: row.n,
    clocks: row.clocks.map(([clock, count]) => ({ clock, count })),
    future: counted(row.future, row.future_first, row.future_last),
    stamp: stamp ? { at: stamp.second.getTime(), ...counted(stamp.n, stamp.first, stamp.last) } : null,
  }
}
