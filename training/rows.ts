/** From records to rows, and from rows to numbers: the one feature path, in a loop. */
import { WonlostError } from '../src/errors.ts'
import { factsAt } from '../src/features/facts.ts'
import type { FittedRegistry } from '../src/features/registry.ts'
import type { AccountRecord, LeadRecord, Milliseconds, ReportProgress } from '../src/glossary.ts'
import { type Course, coursesOf, type LandmarkPlan } from './course.ts'
import { LANDMARK_STATUSES, type Landmark, type LandmarkStatus, scheduleLandmarks } from './landmarks.ts'
import type { Matrix } from './matrix.ts'
import type { RecordSource } from './record-source.ts'
import type { SplitCandidate } from './split.ts'

export interface Row extends Landmark, SplitCandidate {}

export interface CollectedRows {
  /** Every scheduled landmark, usable or not, in the order of the records. */
  readonly rows: readonly Row[]
  readonly landmarks: Readonly<Record<LandmarkStatus, number>>
}

/** A lead with what befell it, and the landmarks of that before the cut-off. */
export interface LeadCourses {
  readonly account: AccountRecord
  readonly lead: LeadRecord
  readonly group: number
  readonly courses: readonly { readonly course: Course; readonly landmarks: readonly Landmark[] }[]
}

/** All landmarks of all subjects before the cut-off. `observe` sees every lead as it is read, also those without a course. */
export async function collectRows(
  records: RecordSource,
  plan: LandmarkPlan,
  cutoff: Milliseconds,
  observe?: (lead: LeadCourses) => void,
): Promise<CollectedRows> {
  const rows: Row[] = []
  const landmarks = Object.fromEntries(LANDMARK_STATUSES.map((status) => [status, 0])) as Record<
    LandmarkStatus,
    number
  >
  for await (const { account, lead, group } of eachLead(records)) {
    const courses = coursesOf(account, lead, plan).map((course) => ({
      course,
      landmarks: scheduleLandmarks(course, plan, cutoff),
    }))
    for (const landmark of courses.flatMap((one) => one.landmarks)) {
      landmarks[landmark.status] += 1
      rows.push(toRow(landmark, group))
    }
    observe?.({ account, lead, group, courses })
  }
  return { rows, landmarks }
}

/** Field by field: a spread makes objects of three times the size, and there are millions of rows. */
export function toRow(landmark: Landmark, group: number): Row {
  return {
    leadId: landmark.leadId,
    dealId: landmark.dealId,
    asOf: landmark.asOf,
    day: landmark.day,
    status: landmark.status,
    label: landmark.label,
    labelKnownAt: landmark.labelKnownAt,
    group,
    usable: landmark.status === 'usable',
  }
}

/** Every lead with its account; `group` is the ordinal of the account (of the lead, where it has none). */
export async function* eachLead(
  records: RecordSource,
): AsyncGenerator<{ account: AccountRecord; lead: LeadRecord; group: number }> {
  let group = -1
  for await (const account of records.read()) {
    group += 1
    for (const lead of account.leads) yield { account, lead, group }
  }
}

/**
 * Computes the numbers of several sets of rows in one reading, each set into a matrix of its own, in the order of its rows.
 * Throws `internal` when a lead is no longer in the database.
 */
export async function buildMatrices<Name extends string>(
  records: RecordSource,
  registry: FittedRegistry,
  sets: Readonly<Record<Name, readonly Row[]>>,
  report?: ReportProgress,
): Promise<Record<Name, Matrix>> {
  const names = Object.keys(sets) as Name[]
  const width = registry.columns.length
  const matrices = Object.fromEntries(
    names.map((name) => [name, emptyMatrix(registry, sets[name])]),
  ) as Record<Name, Matrix>
  const wanted = new Map<string, { name: Name; index: number; row: Row }[]>()
  let total = 0
  for (const name of names) {
    sets[name].forEach((row, index) => {
      const places = wanted.get(row.leadId)
      if (places) places.push({ name, index, row })
      else wanted.set(row.leadId, [{ name, index, row }])
      total += 1
    })
  }
  let done = 0
  for await (const { account, lead } of eachLead(records)) {
    for (const { name, index, row } of wanted.get(lead.leadId) ?? []) {
      registry.computeRow(factsAt(account, lead, row.asOf), matrices[name].data, index * width)
      done += 1
      if (done % 1_000 === 0 || done === total) report?.('computing rows', done, total)
    }
  }
  if (done !== total) {
    const message = `${total - done} of ${total} rows could not be computed: their leads were removed from the database meanwhile. Run the training again.`
    throw new WonlostError('internal', message)
  }
  return matrices
}

function emptyMatrix(registry: FittedRegistry, rows: readonly Row[]): Matrix {
  return {
    columns: registry.columns,
    rowCount: rows.length,
    data: new Float64Array(rows.length * registry.columns.length),
    labels: Uint8Array.from(rows, (row) => row.label),
    groups: Int32Array.from(rows, (row) => row.group),
  }
}
