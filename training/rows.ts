/** From records to rows, and from rows to numbers: the one feature path, in a loop. */
import { WonlostError } from '../src/errors.ts'
import { factsAt } from '../src/features/facts.ts'
import type { FittedRegistry } from '../src/features/registry.ts'
import type { Segment } from '../src/features/segments.ts'
import type { AccountRecord, LeadRecord, Milliseconds, ReportProgress } from '../src/glossary.ts'
import { createAccountSample, type Sampled, type SampleLimit } from './account-sample.ts'
import { type Course, coursesOf, type LandmarkPlan } from './course.ts'
import { LANDMARK_STATUSES, type Landmark, type LandmarkStatus, scheduleLandmarks } from './landmarks.ts'
import type { Matrix } from './matrix.ts'
import { type RecordSource, restrictTo } from './record-source.ts'
import { isMember } from './segment.ts'
import type { SplitCandidate } from './split.ts'

export interface Row extends Landmark, SplitCandidate {}

export interface CollectedRows {
  /** Every scheduled landmark, usable or not, in the order of the records; of a sample of the accounts where there are too many. */
  readonly rows: readonly Row[]
  /** Of all accounts. */
  readonly landmarks: Readonly<Record<LandmarkStatus, number>>
  /** null: the rows are of all accounts. */
  readonly sampled: Sampled | null
}

/** A lead with what befell it, and the landmarks of that before the cut-off. */
export interface LeadCourses {
  readonly account: AccountRecord
  readonly lead: LeadRecord
  readonly group: number
  readonly courses: readonly { readonly course: Course; readonly landmarks: readonly Landmark[] }[]
}

/** Rows are held up to this share of the limit before those of accounts outside the sample are let go. */
const HELD_SHARE = 1.2

/**
 * All landmarks of all subjects before the cut-off.
 * @param observe Sees every lead as it is read, also those without a course.
 * @param limit Beyond it, those of a sample of the accounts. Default: none.
 * @param segment Only landmarks at which the subject was in it. Default: null, everyone.
 */
export async function collectRows(
  records: RecordSource,
  plan: LandmarkPlan,
  cutoff: Milliseconds,
  {
    observe,
    limit,
    segment = null,
  }: {
    readonly observe?: (lead: LeadCourses) => void
    readonly limit?: SampleLimit
    readonly segment?: Segment | null
  } = {},
): Promise<CollectedRows> {
  let rows: Row[] = []
  const sample = limit && createAccountSample(limit)
  const letGo = (above: number): void => {
    if (!sample || rows.length <= above) return
    sample.cut()
    rows = rows.filter((row) => sample.has(row.group))
  }
  const landmarks = Object.fromEntries(LANDMARK_STATUSES.map((status) => [status, 0])) as Record<
    LandmarkStatus,
    number
  >
  for await (const { account, lead, group } of eachLead(records)) {
    const courses = coursesOf(account, lead, plan).map((course) => ({
      course,
      landmarks: scheduleLandmarks(course, plan, cutoff).filter(({ asOf }) =>
        isMember(segment, account, lead, asOf),
      ),
    }))
    const scheduled = courses.flatMap((one) => one.landmarks)
    const isTaken = sample?.tell(group, nameOf(account, lead), scheduled.length) ?? true
    for (const landmark of scheduled) {
      landmarks[landmark.status] += 1
      if (isTaken) rows.push(toRow(landmark, group))
    }
    if (limit) letGo(HELD_SHARE * limit.most)
    observe?.({ account, lead, group, courses })
  }
  if (limit) letGo(limit.most)
  const sampled = sample?.summary() ?? null
  return { rows: sampled ? renumbered(rows) : rows, landmarks, sampled }
}

/** Groups as they are numbered where only the records of these rows are read. */
function renumbered(rows: readonly Row[]): Row[] {
  let group = -1
  return rows.map((row, index) => {
    if (row.group !== rows[index - 1]?.group) group += 1
    return toRow(row, group)
  })
}

/** The records that rows are of: all, or those of the sample. Reading them numbers groups as the rows have them. */
export function recordsOf({ rows, sampled }: CollectedRows, records: RecordSource): RecordSource {
  if (!sampled) return records
  const first = rows.filter((row, index) => row.group !== rows[index - 1]?.group)
  return restrictTo(
    records,
    first.map(({ leadId }) => leadId),
  )
}

/** An account, or a lead without one, apart from all others. */
function nameOf({ accountId }: AccountRecord, { leadId }: LeadRecord): string {
  return accountId === null ? `lead ${leadId}` : `account ${accountId}`
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
  registry: Pick<FittedRegistry, 'columns' | 'computeRow'>,
  sets: Readonly<Record<Name, readonly Row[]>>,
  report?: ReportProgress,
): Promise<Record<Name, Matrix>> {
  const names = Object.keys(sets) as Name[]
  const width = registry.columns.length
  const matrices = Object.fromEntries(
    names.map((name) => [name, emptyMatrix(registry, sets[name])]),
  ) as Record<Name, Matrix>
  const chains = names.map((name) => chainByLead(sets[name]))
  const total = names.reduce((sum, name) => sum + sets[name].length, 0)
  let done = 0
  for await (const { account, lead } of eachLead(records)) {
    for (const [at, name] of names.entries()) {
      const { first, next } = chains[at]!
      for (let index = first.get(lead.leadId) ?? NONE; index !== NONE; index = next[index]!) {
        const { asOf } = sets[name][index]!
        registry.computeRow(factsAt(account, lead, asOf), matrices[name].data, index * width)
        done += 1
        if (done % 1_000 === 0 || done === total) report?.('computing rows', done, total)
      }
    }
  }
  if (done !== total) {
    const message = `${total - done} of ${total} rows could not be computed: their leads were removed from the database meanwhile. Run the training again.`
    throw new WonlostError('internal', message)
  }
  return matrices
}

const NONE = -1

/** The first row of each lead, and for each row the next of its lead, as indices: there are millions of rows. */
function chainByLead(rows: readonly Row[]): { first: ReadonlyMap<string, number>; next: Int32Array } {
  const first = new Map<string, number>()
  const next = new Int32Array(rows.length)
  for (let index = rows.length - 1; index >= 0; index--) {
    const { leadId } = rows[index]!
    next[index] = first.get(leadId) ?? NONE
    first.set(leadId, index)
  }
  return { first, next }
}

function emptyMatrix(registry: Pick<FittedRegistry, 'columns'>, rows: readonly Row[]): Matrix {
  return {
    columns: registry.columns,
    rowCount: rows.length,
    data: new Float64Array(rows.length * registry.columns.length),
    labels: Uint8Array.from(rows, (row) => row.label),
    groups: Int32Array.from(rows, (row) => row.group),
  }
}
