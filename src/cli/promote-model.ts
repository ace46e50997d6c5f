/** Makes a version the champion: promotion by hand and roll-back. */
import type pg from 'pg'
import { aliasOf } from '../db/model-aliases.ts'
import { loadArtifactBody, setAlias } from '../db/models.ts'
import { WonlostError } from '../errors.ts'
import type { Milliseconds } from '../glossary.ts'
import { loadModel } from '../scoring/load-model.ts'
import { actingUser } from './acting-user.ts'
import type { CommandOptions } from './command.ts'
import { findModel } from './find-model.ts'

export interface Promotion {
  readonly name: string
  readonly version: number
  /** The champion before; null where there was none. */
  readonly previous: number | null
  /** Of the alias; unchanged where the version was the champion already. */
  readonly revision: number
  readonly changed: boolean
}

/**
 * The champion is compared and set: `promotion_conflict` when somebody else was quicker. Throws `model_not_found`, and, before anything
 * is changed, `artifact_invalid` or `fingerprint_mismatch` for a version that no server could load.
 */
export async function promoteModel(
  pool: pg.Pool,
  change: {
    readonly name: string
    readonly version: number
    readonly reason: string
    readonly now: Milliseconds
  },
): Promise<Promotion> {
  const { name, version, reason, now } = change
  const model = await findModel(pool, name, version)
  const sha256 = model.artifactSha256
  loadModel({ name, segment: '', version, sha256, body: await loadArtifactBody(pool, sha256) })
  const current = await aliasOf(pool, name, '', 'champion')
  const previous = current?.version ?? null
  if (current && previous === version) {
    return { name, version, previous, revision: current.revision, changed: false }
  }
  const revision = await setAlias(pool, {
    name,
    segment: '',
    alias: 'champion',
    version,
    expectedRevision: current?.revision ?? null,
    changedBy: actingUser(),
    reason,
    now,
  })
  return { name, version, previous, revision, changed: true }
}

/** `--reason`: the history of a model says why. */
export function readReason({ reason }: CommandOptions): string {
  const text = typeof reason === 'string' ? reason.trim() : ''
  if (text !== '') return text
  throw new WonlostError('usage', '--reason must say why, for the history of the model.', {
    field: '--reason',
  })
}

export function promotionLine({ name, version, previous, changed }: Promotion): string {
  if (!changed) return `${name} version ${version} is the champion already; nothing changed.`
  const before = previous === null ? 'it is the first' : `version ${previous} was it before`
  return `${name} version ${version} is the champion now; ${before}. Running servers follow within seconds.`
}
