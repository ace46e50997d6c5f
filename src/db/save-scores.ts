/** Writes scores: the current ones in place of those before, and a history entry where one is due. The one place that does. */
import type pg from 'pg'
import { MINUTE, type Milliseconds, type SubjectKind } from '../glossary.ts'
import { OBJECTING } from './objections.ts'
import { prepared } from './prepared.ts'
import { SCORES_CHANNEL } from './score-changes.ts'
import { SCORE_COLUMNS, type ScoreFields, STORED_COLUMNS } from './scores.ts'

/** What was stored before, as far as it is compared with. */
export interface FormerScore {
  readonly model: string
  readonly asOf: Milliseconds
  readonly segment: string
  readonly version: number
  readonly policyVersion: number
  readonly guardrailsVersion: number
  readonly rawPoints: number
  /** Raw points of the last history entry. */
  readonly historyPoints: number
  readonly band: string
  readonly verdict: string
  /** Band of the decision. */
  readonly decisionBand: string
}

export interface SaveScoresOptions {
  /** Of all that is given. */
  readonly asOf: Milliseconds
  /** Why: `score`, `event`, `override`, `sweep`; of all, or by subject. Kept in the history. */
  readonly cause: string | ((subjectId: string) => string)
  /** An entry when raw points moved by more than this since the last one. */
  readonly minPoints: number
  /** Which stored scores give way: those as of earlier; also those as of the same time; all. */
  readonly over: 'earlier' | 'earlier or same' | 'all'
  /** Scores that somebody else is writing: they are waited for, or stay as that one leaves them. Default: `wait`. */
  readonly busy?: 'wait' | 'skip'
  /** Of a score whose entry starts an action: the reasons, as JSON. null: it starts none, or nobody can tell. */
  readonly reasonsOf?: ((score: ScoreFields, former: FormerScore | null) => unknown) | undefined
}

/** An entry in the history. */
interface HistoryEntry {
  readonly historyId: number
  readonly score: ScoreFields
  readonly former: FormerScore | null
}

export interface SavedScores {
  /** In order of subject and model. */
  readonly entries: readonly HistoryEntry[]
  /** Subjects whose stored scores stay: they are as of later, or somebody else is at them. */
  readonly refused: ReadonlySet<string>
  /** By subject, what was stored before. */
  readonly former: ReadonlyMap<string, readonly FormerScore[]>
}

/** A score that says to be as of later than this beyond the present was made by a wrong clock, or on purpose: it gives way. */
export const MOST_AHEAD = MINUTE

const HISTORY =
  'subject_id, model, segment, version, as_of, policy_version, guardrails_version, probability, raw_points, score, band, verdict, scored_at'

/** SQL that adds a history entry for each row of `from`, the columns of a score. `kind`, `cause` and `reasons` are SQL. */
export const addHistory = (kind: string, cause: string, from: string, reasons = 'NULL'): string => `
  INSERT INTO wonlost.score_history (subject_kind, cause, ${HISTORY}, decision_band, reasons)
  SELECT ${kind}, ${cause}, ${HISTORY.replace(/(\w+)/g, `${from}.$1`)}, ${from}.decision ->> 'band', ${reasons}
  FROM ${from}`

const former = (busy: string): string => `
  SELECT subject_id, model, as_of, segment, version, policy_version, guardrails_version, raw_points,
         coalesce(history_points, raw_points) AS history_points, band, verdict, decision ->> 'band' AS decision_band
  FROM wonlost.scores WHERE subject_kind = $1 AND subject_id = ANY($2) ORDER BY subject_id, model FOR NO KEY UPDATE ${busy}`
const FORMER = { wait: former(''), skip: former('SKIP LOCKED') }

const COUNT = `SELECT subject_id, count(*) AS scores FROM wonlost.scores
  WHERE subject_kind = $1 AND subject_id = ANY($2) GROUP BY subject_id`

/** Those that stand for themselves. They are not erased before the transaction ends; those that are being erased, or objected, are passed over. */
const present = (kind: SubjectKind): string => `
  SELECT ${kind}_id AS id FROM wonlost.${kind}s WHERE ${kind}_id = ANY($1) AND merged_into IS NULL
  ${kind === 'lead' ? `AND lead_id NOT IN ${OBJECTING}` : ''} FOR KEY SHARE SKIP LOCKED`
const PRESENT = { lead: present('lead'), account: present('account') }

const REMOVE = `
  DELETE FROM wonlost.scores s USING unnest($2::text[], $3::text[]) AS gone (subject_id, model)
  WHERE s.subject_kind = $1 AND s.subject_id = gone.subject_id AND s.model = gone.model`

/** $1: kind; $2: which give way; $3: `MOST_AHEAD`. Who inserts the first score of a subject could not hold it before. */
const SAVE_COLUMNS = [...SCORE_COLUMNS, 'history_points']
const SAVE = `
  WITH given AS (
    SELECT * FROM unnest(${[
      ...STORED_COLUMNS.map(([, type]) => type),
      'double precision',
      'boolean',
      'jsonb',
      'text',
    ]
      .map((type, i) => `$${i + 4}::${type}[]`)
      .join(', ')}) AS g (${SAVE_COLUMNS.join(', ')}, is_entry, reasons, cause)),
  saved AS (
    INSERT INTO wonlost.scores AS s (subject_kind, ${SAVE_COLUMNS.join(', ')})
    SELECT $1, ${SAVE_COLUMNS.join(', ')} FROM given ORDER BY subject_id, model
    ON CONFLICT (subject_kind, subject_id, model) DO UPDATE
    SET ${SAVE_COLUMNS.slice(2)
      .map((column) => `${column} = excluded.${column}`)
      .join(', ')}
    WHERE $2 = 'all' OR s.as_of < excluded.as_of OR s.as_of > excluded.as_of + $3 * interval '1 ms'
       OR ($2 = 'earlier or same' AND s.as_of = excluded.as_of)
    RETURNING subject_id, model),
  entries AS (${addHistory('$1', 'given.cause', 'given', 'given.reasons')} JOIN saved USING (subject_id, model)
    WHERE given.is_entry ORDER BY given.subject_id, given.model
    RETURNING history_id, subject_id, model)
  SELECT subject_id, model, history_id, (SELECT pg_notify('${SCORES_CHANNEL}', '') FROM entries LIMIT 1) AS told
  FROM saved LEFT JOIN entries USING (subject_id, model) ORDER BY subject_id, model`

interface FormerRow {
  subject_id: string
  model: string
  as_of: Date
  segment: string
  version: number
  policy_version: number
  guardrails_version: number
  raw_points: number
  history_points: number
  band: string
  verdict: string
  decision_band: string
}

/**
 * Makes `scores` the current ones of `subjectIds`: all that apply to them. A score of a model that no longer applies is removed; whoever
 * was merged away or erased by now keeps none; of whom a score as of later is stored, as `over` has it, keeps all of those. Give it a client in a
 * transaction. Rows are held in order, so that two writers never wait for each other in a ring.
 */
export async function saveScores(
  client: pg.ClientBase,
  subjectKind: SubjectKind,
  subjectIds: readonly string[],
  scores: readonly ScoreFields[],
  options: SaveScoresOptions,
): Promise<SavedScores> {
  if (subjectIds.length === 0) return { entries: [], refused: new Set(), former: new Map() }
  // Who merges takes a stronger lock: merges come before this or after it, and remove what is kept here.
  await client.query('LOCK TABLE wonlost.merges IN ROW EXCLUSIVE MODE')
  const { busy = 'wait' } = options
  const { rows: stored } = await client.query<FormerRow>(prepared(FORMER[busy], [subjectKind, subjectIds]))
  const { rows: there } = await client.query<{ id: string }>(prepared(PRESENT[subjectKind], [subjectIds]))
  const present = new Set(there.map(({ id }) => id))
  const refused = new Set(
    stored.filter((row) => staysBefore(row.as_of.getTime(), options)).map((row) => row.subject_id),
  )
  if (busy === 'skip')
    for (const id of await busySubjects(client, subjectKind, subjectIds, stored)) refused.add(id)
  const former = new Map<string, FormerScore[]>()
  for (const row of stored) former.set(row.subject_id, [...(former.get(row.subject_id) ?? []), toFormer(row)])
  const formerOf = ({ subjectId, model }: ScoreFields): FormerScore | null =>
    former.get(subjectId)?.find((one) => one.model === model) ?? null
  const writing = scores
    .filter(({ subjectId }) => present.has(subjectId) && !refused.has(subjectId))
    .map((score) => withEntry(score, formerOf(score), options))
  const kept = new Set(writing.map(({ score }) => keyOf(score.subjectId, score.model)))
  const gone = stored.filter(({ subject_id: id, model }) => !refused.has(id) && !kept.has(keyOf(id, model)))
  if (gone.length > 0)
    await client.query(REMOVE, [subjectKind, gone.map((row) => row.subject_id), gone.map((row) => row.model)])
  if (writing.length === 0) return { entries: [], refused, former }
  const { cause } = options
  const { rows: saved } = await client.query<{
    subject_id: string
    model: string
    history_id: number | null
  }>(
    prepared(SAVE, [
      subjectKind,
      options.over,
      MOST_AHEAD,
      ...STORED_COLUMNS.map(([, , read]) => writing.map(({ score }) => read(score))),
      writing.map(({ historyPoints }) => historyPoints),
      writing.map(({ isEntry }) => isEntry),
      writing.map(({ reasons }) => (reasons === null ? null : JSON.stringify(reasons))),
      writing.map(({ score: { subjectId } }) => (typeof cause === 'string' ? cause : cause(subjectId))),
    ]),
  )
  const byKey = new Map(writing.map((one) => [keyOf(one.score.subjectId, one.score.model), one] as const))
  const entries: HistoryEntry[] = []
  for (const row of saved) {
    const key = keyOf(row.subject_id, row.model)
    const { score, former } = byKey.get(key)!
    if (row.history_id !== null) entries.push({ historyId: row.history_id, score, former })
    byKey.delete(key)
  }
  for (const { score } of byKey.values()) refused.add(score.subjectId)
  return { entries, refused, former }
}

/** Those of whom more is stored than could be held. */
async function busySubjects(
  client: pg.ClientBase,
  subjectKind: SubjectKind,
  subjectIds: readonly string[],
  held: readonly FormerRow[],
): Promise<string[]> {
  const { rows } = await client.query<{ subject_id: string; scores: number }>(
    prepared(COUNT, [subjectKind, subjectIds]),
  )
  const counts = new Map<string, number>()
  for (const { subject_id: id } of held) counts.set(id, (counts.get(id) ?? 0) + 1)
  return rows.flatMap(({ subject_id: id, scores }) => (scores > (counts.get(id) ?? 0) ? [id] : []))
}

const keyOf = (subjectId: string, model: string): string => JSON.stringify([subjectId, model])

/** A stored score as of this time keeps its place. */
function staysBefore(stored: Milliseconds, { asOf, over }: SaveScoresOptions): boolean {
  if (over === 'all' || stored < asOf || stored > asOf + MOST_AHEAD) return false
  return stored > asOf || over === 'earlier'
}

function withEntry(score: ScoreFields, former: FormerScore | null, options: SaveScoresOptions) {
  const isEntry = former === null || isNews(score, former, options.minPoints)
  return {
    score,
    former,
    isEntry,
    historyPoints: isEntry ? score.rawPoints : former.historyPoints,
    reasons: (isEntry && options.reasonsOf?.(score, former)) || null,
  }
}

/** Whatever people would see change, or by another version, but for small moves. */
function isNews(score: ScoreFields, former: FormerScore, minPoints: number): boolean {
  return (
    score.band !== former.band ||
    score.verdict !== former.verdict ||
    decisionBandOf(score) !== former.decisionBand ||
    score.segment !== former.segment ||
    score.version !== former.version ||
    score.policyVersion !== former.policyVersion ||
    score.guardrailsVersion !== former.guardrailsVersion ||
    Math.abs(score.rawPoints - former.historyPoints) > minPoints
  )
}

function decisionBandOf({ decision }: ScoreFields): string | undefined {
  return (decision as { readonly band?: string }).band
}

function toFormer(row: FormerRow): FormerScore {
  return {
    model: row.model,
    asOf: row.as_of.getTime(),
    segment: row.segment,
    version: row.version,
    policyVersion: row.policy_version,
    guardrailsVersion: row.guardrails_version,
    rawPoints: row.raw_points,
    historyPoints: row.history_points,
    band: row.band,
    verdict: row.verdict,
    decisionBand: row.decision_band,
  }
}
