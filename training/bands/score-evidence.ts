/**
 * What scores say of a line: how many leads a week come over it, how those converted of whose outcome no model has learned, and where
 * past wins stood when sales took over. One reading for the rows, one for the scores, with flat memory.
 */
import { WonlostError } from '../../src/errors.ts'
import {
  type AccountRecord,
  DAY,
  type LeadRecord,
  type Milliseconds,
  type ReportProgress,
} from '../../src/glossary.ts'
import { decidingDefinition, type PolicyInput } from '../../src/scoring/decision.ts'
import { type Engine, scoreWithInput } from '../../src/scoring/engine.ts'
import { divideRows } from '../divide-rows.ts'
import { unlearnedRows } from '../gate/unlearned-rows.ts'
import { hashId } from '../hash-id.ts'
import type { RecordSource } from '../record-source.ts'
import { type CollectedRows, collectRows, type Row } from '../rows.ts'
import { createPlacing, type Levels, type Standing } from './levels.ts'
import { collectWins, type PastWin } from './past-wins.ts'
import { createTraffic, type Traffic } from './traffic.ts'

/** Rows of leads that are in some band, with their outcome. */
export interface JudgedLeads {
  readonly levels: readonly Levels[]
  readonly labels: Uint8Array
  /** Rows of one account have the same number. */
  readonly groups: Int32Array
}

export interface ScoreEvidence {
  readonly traffic: Traffic
  /** Of the test part and later. */
  readonly judged: JudgedLeads
  /** In order of closing. */
  readonly wins: readonly PastWin[]
}

export interface BandsEvidence {
  /** For bands that begin elsewhere, and for those in force, wherever they begin. */
  readonly by: Readonly<Record<keyof Standing, ScoreEvidence>>
  /** The first of the judged moments. */
  readonly judgedFrom: Milliseconds
}

export interface EvidenceOptions {
  /** What was known before it; where the data ends. */
  readonly asOf: Milliseconds
  /** Weeks before it that are replayed. */
  readonly weeks: number
  /** Where bands go by probability, that of each line from 1 to 100. */
  readonly probabilities: readonly number[] | null
  /** The models that decide have learned from no outcome that became known after it; null: a rubric, which learns from none. */
  readonly learnedUntil: Milliseconds | null
  readonly report?: ReportProgress
}

/** Landmarks looked at; of more, a sample of the accounts. */
const MOST_LANDMARKS = 400_000
/** Leads whose weeks are replayed, about; of more, a sample of the accounts. */
const MOST_REPLAYED = 20_000
/** For the draw by id. */
const SAMPLE_PURPOSE = 3
const SIDES = ['movable', 'inForce'] as const satisfies readonly (keyof Standing)[]
/** Subjects that reached the target, or did not, below which conversion by band says nothing. */
const LEAST_ROWS = 10

/** Throws `too_little_data` where too few outcomes are known that no model has learned from. */
export async function gatherEvidence(
  records: RecordSource,
  engine: Engine,
  { asOf, weeks, probabilities, learnedUntil, report }: EvidenceOptions,
): Promise<BandsEvidence> {
  const definition = decidingDefinition(engine)!
  const { policy, guardrails } = engine
  const place = createPlacing(policy, probabilities)
  // Grades have no part in bands but by a rule that asks for them: else their models are not asked.
  const asked = guardrails.asksScores ? engine : { ...engine, policy: { ...policy, grade: undefined } }
  let leads = 0
  report?.('finding rows')
  const collected = await collectRows(records, definition, asOf, {
    limit: { most: MOST_LANDMARKS, seed: definition.seed },
    observe: () => {
      leads += 1
    },
  })
  const rows = await rowsToJudge(collected, asOf, learnedUntil)
  const rowsOfLead = indicesByLead(rows)
  const standings = new Map<number, Standing>()
  const oneIn = Math.max(1, Math.ceil(leads / MOST_REPLAYED))
  const learned = learnedLeads(collected, learnedUntil)
  const collectors = SIDES.map((side) => ({
    side,
    traffic: createTraffic(weeks, oneIn, policy.bands.length),
    wins: collectWins(definition.pipeline, asOf, learned),
  }))

  let done = 0
  for await (const account of records.read()) {
    const standingAt = (lead: LeadRecord, at: Milliseconds): Standing | null =>
      place(inputAt(asked, account, lead, at))
    for (const lead of account.leads) {
      for (const index of rowsOfLead.get(lead.leadId) ?? []) {
        const found = standingAt(lead, rows[index]!.asOf)
        if (found) standings.set(index, found)
      }
      done += 1
      if (done % 500 === 0 || done === leads) report?.('scoring the weeks before', done, leads)
    }
    for (const { side, wins } of collectors)
      wins.see(account, (lead, at) => standingAt(lead, at)?.[side] ?? null)
    if (hashId(account.accountId ?? account.leads[0]?.leadId ?? '', SAMPLE_PURPOSE) % oneIn !== 0) continue
    for (const lead of account.leads) {
      const replayed = Array.from({ length: weeks + 1 }, (_, week) =>
        standingAt(lead, asOf - (weeks - week) * 7 * DAY),
      )
      for (const { side, traffic } of collectors) traffic.add(replayed.map((one) => one?.[side] ?? null))
    }
  }
  const evidenceOf = (wanted: keyof Standing): ScoreEvidence => {
    const { traffic, wins } = collectors.find(({ side }) => side === wanted)!
    return { traffic: traffic.read(), judged: judgedLeads(rows, standings, wanted), wins: wins.read() }
  }
  return {
    by: { movable: evidenceOf('movable'), inForce: evidenceOf('inForce') },
    judgedFrom: rows.reduce((first, row) => Math.min(first, row.asOf), asOf),
  }
}

function indicesByLead(rows: readonly Row[]): ReadonlyMap<string, readonly number[]> {
  const indices = new Map<string, number[]>()
  for (const [index, { leadId }] of rows.entries()) {
    const own = indices.get(leadId)
    if (own) own.push(index)
    else indices.set(leadId, [index])
  }
  return indices
}

function inputAt(engine: Engine, account: AccountRecord, lead: LeadRecord, asOf: Milliseconds): PolicyInput {
  const options = { explain: false, models: [engine.policy.decided_by] }
  return scoreWithInput(engine, account, lead, asOf, options).input
}

/** What was not learned from: of a rubric the rows of a test part; of a model those of accounts that are new to it since. */
async function rowsToJudge(
  collected: CollectedRows,
  asOf: Milliseconds,
  learnedUntil: Milliseconds | null,
): Promise<readonly Row[]> {
  if (learnedUntil === null) return divideRows(collected, asOf).parts.test
  const since = collected.rows.filter((row) => row.usable && row.asOf >= learnedUntil)
  const rows = await unlearnedRows(since, collected.rows, learnedUntil)
  const reached = rows.filter(({ label }) => label === 1).length
  if (Math.min(reached, rows.length - reached) >= LEAST_ROWS) return rows
  const message = `Conversion by band needs ${LEAST_ROWS} leads that reached the target and ${LEAST_ROWS} that did not, whose outcome became known after what the model has learned from. There are ${reached} and ${rows.length - reached}.`
  throw new WonlostError('too_little_data', message)
}

/** Leads of accounts that a model may have learned from. */
function learnedLeads({ rows }: CollectedRows, learnedUntil: Milliseconds | null): ReadonlySet<string> {
  if (learnedUntil === null) return new Set()
  const groups = new Set(rows.flatMap((row) => (row.labelKnownAt <= learnedUntil ? [row.group] : [])))
  return new Set(rows.flatMap(({ group, leadId }) => (groups.has(group) ? [leadId] : [])))
}

/** Who is in no band, as the disqualified are, tells nothing of any. */
function judgedLeads(
  rows: readonly Row[],
  standings: ReadonlyMap<number, Standing>,
  side: keyof Standing,
): JudgedLeads {
  const inBands = [...standings].filter(([, standing]) => standing[side][0]! >= 0).sort(([a], [b]) => a - b)
  return {
    levels: inBands.map(([, standing]) => standing[side]),
    labels: Uint8Array.from(inBands, ([index]) => rows[index]!.label),
    groups: Int32Array.from(inBands, ([index]) => rows[index]!.group),
  }
}
