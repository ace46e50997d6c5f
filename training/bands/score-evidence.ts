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
import { type Engine, scoreLead } from '../../src/scoring/engine.ts'
import { divideRows } from '../divide-rows.ts'
import { unlearnedRows } from '../gate/unlearned-rows.ts'
import { hashId } from '../hash-id.ts'
import type { RecordSource } from '../record-source.ts'
import { type CollectedRows, collectRows, type Row } from '../rows.ts'
import { collectWins, type PastWin } from './past-wins.ts'
import { createTraffic, type Traffic } from './traffic.ts'

/** Scored rows with their outcome. */
export interface JudgedScores {
  /** 0..100. */
  readonly scores: ArrayLike<number>
  readonly labels: Uint8Array
  /** Rows of one account have the same number. */
  readonly groups: Int32Array
}

export interface ScoreEvidence {
  readonly traffic: Traffic
  /** Of the test part and later. */
  readonly judged: JudgedScores
  /** The first of its moments. */
  readonly judgedFrom: Milliseconds
  /** In order of closing. */
  readonly wins: readonly PastWin[]
}

export interface EvidenceOptions {
  /** What was known before it; where the data ends. */
  readonly asOf: Milliseconds
  /** Weeks before it that are replayed. */
  readonly weeks: number
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
/** Subjects that reached the target, or did not, below which conversion by band says nothing. */
const LEAST_ROWS = 10

/** Throws `too_little_data` where too few outcomes are known that no model has learned from. */
export async function gatherEvidence(
  records: RecordSource,
  engine: Engine,
  { asOf, weeks, learnedUntil, report }: EvidenceOptions,
): Promise<ScoreEvidence> {
  const decidedBy = engine.policy.decided_by
  const models = engine.models.filter(({ name }) => name === decidedBy)
  const deciding = { ...engine, models }
  const { definition } = models[0]!.registry
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
  const scores = new Map<number, number>()
  const oneIn = Math.max(1, Math.ceil(leads / MOST_REPLAYED))
  const traffic = createTraffic(weeks, oneIn)
  const wins = collectWins(definition.pipeline, asOf, learnedLeads(collected, learnedUntil))

  let done = 0
  for await (const account of records.read()) {
    const said = (lead: LeadRecord, at: Milliseconds) => scoreAt(deciding, account, lead, at)
    for (const lead of account.leads) {
      for (const index of rowsOfLead.get(lead.leadId) ?? []) {
        const found = said(lead, rows[index]!.asOf)
        if (found) scores.set(index, found.score)
      }
      done += 1
      if (done % 500 === 0 || done === leads) report?.('scoring the weeks before', done, leads)
    }
    wins.see(account, (lead, at) => said(lead, at)?.score ?? null)
    if (hashId(account.accountId ?? account.leads[0]?.leadId ?? '', SAMPLE_PURPOSE) % oneIn !== 0) continue
    for (const lead of account.leads)
      traffic.add((week) => {
        const found = said(lead, asOf - (weeks - week) * 7 * DAY)
        return found?.isEligible ? found.score : null
      })
  }
  return {
    traffic: traffic.read(),
    judged: judgedScores(rows, scores),
    judgedFrom: rows.reduce((first, row) => Math.min(first, row.asOf), asOf),
    wins: wins.read(),
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

/** Of whoever is scored at all. */
function scoreAt(engine: Engine, account: AccountRecord, lead: LeadRecord, asOf: Milliseconds) {
  const { scores, verdict } = scoreLead(engine, account, lead, asOf, { explain: false })
  const score = scores[engine.policy.decided_by]
  return score?.applies ? { score: score.score, isEligible: verdict.status === 'eligible' } : null
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

function judgedScores(rows: readonly Row[], scores: ReadonlyMap<number, number>): JudgedScores {
  const scored = [...scores.keys()].sort((a, b) => a - b)
  return {
    scores: scored.map((index) => scores.get(index)!),
    labels: Uint8Array.from(scored, (index) => rows[index]!.label),
    groups: Int32Array.from(scored, (index) => rows[index]!.group),
  }
}
