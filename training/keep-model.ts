/** Keeps a trained model: artifact, version, report, its page, definition and alias in one transaction, so that all of it is there or nothing. */
import type pg from 'pg'
import { recordConfiguration } from '../src/db/configurations.ts'
import { withTransaction } from '../src/db/database.ts'
import { aliasOf } from '../src/db/model-aliases.ts'
import { type ModelAlias, type ModelVersion, saveModel, setAlias } from '../src/db/models.ts'
import { WonlostError } from '../src/errors.ts'
import { type Milliseconds, parseTime } from '../src/glossary.ts'
import type { TrainedModel } from './pipeline.ts'
import type { GateReport } from './report/gate-report.ts'
import { keptReportPage } from './report/html/keep-page.ts'
import { isTrainingReport, type TrainingReport } from './report/model-report.ts'

export interface KeepOptions {
  /** The YAML as it was read: a version of it is kept. */
  readonly definitionText: string
  /** false: never make it the champion. */
  readonly promote: boolean
  readonly createdBy: string
  readonly now: Milliseconds
}

export interface KeptModel {
  readonly version: number
  readonly sha256: string
  readonly alias: ModelAlias
  /** It became the champion now. */
  readonly promoted: boolean
  /** Why it is what it is. */
  readonly reason: string
}

/**
 * The first model of a name becomes its champion if the gate let it pass; every other is the challenger of the champion
 * there is, or waits to be promoted by hand. The artifact of the newest version again is that version again, unless the gate has
 * compared it with something else this time: a report never changes.
 */
export async function keepModel(
  pool: pg.Pool,
  { artifact, artifactBody, report }: TrainedModel,
  { definitionText, promote, createdBy, now }: KeepOptions,
): Promise<KeptModel> {
  const { name, segment, kind } = artifact
  return withTransaction(pool, async (client) => {
    const definitionVersion = await recordConfiguration(client, 'definition', name, definitionText, now)
    const cutoff = parseTime(report.cutoff)
    const model = { name, segment, kind, artifactBody, definitionVersion, report, cutoff }
    const champion = await aliasOf(client, name, segment, 'champion')
    const isSame = (newest: ModelVersion): boolean =>
      newest.version === champion?.version || isJudgedAlike(newest.report, report)
    const saved = await saveModel(client, { ...model, createdAt: now, createdBy }, isSame)
    await keptReportPage(client, saved)
    const placed = await place(client, saved, report.gate, { promote, createdBy, now })
    return { version: saved.version, sha256: saved.artifactSha256, ...placed }
  })
}

function isJudgedAlike(kept: unknown, { gate }: TrainingReport): boolean {
  const against = isTrainingReport(kept) ? kept.gate?.against : undefined
  return (
    against?.basis === gate?.against.basis &&
    against?.version === gate?.against.version &&
    JSON.stringify(against?.without) === JSON.stringify(gate?.against.without)
  )
}

/** Others who train the same may be placed at the same moment; whoever was slower looks again. */
const ATTEMPTS = 20

async function place(
  client: pg.ClientBase,
  { name, segment, version }: ModelVersion,
  gate: GateReport | undefined,
  { promote, createdBy, now }: Omit<KeepOptions, 'definitionText'>,
): Promise<Pick<KeptModel, 'alias' | 'promoted' | 'reason'>> {
  for (let attempt = 1; ; attempt += 1) {
    const champion = await aliasOf(client, name, segment, 'champion')
    if (champion?.version === version)
      return { alias: 'champion', promoted: false, reason: 'nothing changed: it is the champion already' }
    const { reason, ...decision } = decide(champion?.version ?? null, segment, gate, promote)
    const alias: ModelAlias = decision.promote ? 'champion' : 'challenger'
    const current = decision.promote ? champion : await aliasOf(client, name, segment, 'challenger')
    if (current?.version === version) return { alias, promoted: decision.promote, reason }
    const change = { name, segment, alias, version, changedBy: createdBy, now }
    try {
      await setAlias(client, { ...change, reason, expectedRevision: current?.revision ?? null })
      return { alias, promoted: decision.promote, reason }
    } catch (error) {
      const isConflict = error instanceof WonlostError && error.code === 'promotion_conflict'
      if (!isConflict || attempt === ATTEMPTS) throw error
    }
  }
}

function decide(
  champion: number | null,
  segment: string,
  gate: GateReport | undefined,
  promote: boolean,
): { readonly promote: boolean; readonly reason: string } {
  if (champion !== null) {
    const reason = `version ${champion} is the champion, and only a person replaces a champion; ${ADVICE[gate?.verdict ?? 'by_hand']}`
    return { promote: false, reason }
  }
  if (!promote) return { promote: false, reason: 'promotion was not wanted (--no-promote)' }
  if (gate?.verdict !== 'pass') {
    const because = gate?.because ?? 'the gate did not judge it'
    return { promote: false, reason: `the gate did not let it pass: ${because.replace(/\.$/, '')}` }
  }
  const first = segment === '' ? 'first model of its name' : `first model of the segment ${segment}`
  return { promote: true, reason: `${first}, and every check of the gate passed` }
}

const ADVICE: Readonly<Record<GateReport['verdict'], string>> = {
  pass: 'the gate let it pass',
  by_hand: 'the gate leaves it to that person',
  refuse: 'the gate refuses it',
}
