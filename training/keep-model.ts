/** Keeps a trained model: artifact, version, report, definition and alias in one transaction, so that all of it is there or nothing. */
import type pg from 'pg'
import { recordConfiguration } from '../src/db/configurations.ts'
import { withTransaction } from '../src/db/database.ts'
import { aliasOf } from '../src/db/model-aliases.ts'
import { type ModelAlias, saveModel, setAlias } from '../src/db/models.ts'
import { type Milliseconds, parseTime } from '../src/glossary.ts'
import type { TrainedModel } from './pipeline.ts'
import { adviseOnPromotion } from './promotion.ts'

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
 * The first model of a name becomes its champion if `adviseOnPromotion` says so; every other is the challenger of the champion
 * there is, or waits to be promoted by hand. The artifact of the newest version again is that version again.
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
    const saved = await saveModel(client, { ...model, createdAt: now, createdBy })
    const kept = { version: saved.version, sha256: saved.artifactSha256 }
    const champion = await aliasOf(client, name, segment, 'champion')
    if (champion?.version === saved.version) {
      return {
        ...kept,
        alias: 'champion',
        promoted: false,
        reason: 'nothing changed: it is the champion already',
      }
    }
    const decision = decide(champion?.version ?? null, adviseOnPromotion(report), promote)
    const alias: ModelAlias = decision.promote ? 'champion' : 'challenger'
    const current = decision.promote ? champion : await aliasOf(client, name, segment, 'challenger')
    if (current?.version !== saved.version) {
      const change = { name, segment, alias, version: saved.version, changedBy: createdBy, now }
      const expectedRevision = current?.revision ?? null
      await setAlias(client, { ...change, reason: decision.reason, expectedRevision })
    }
    return { ...kept, alias, promoted: decision.promote, reason: decision.reason }
  })
}

function decide(
  champion: number | null,
  advice: { readonly automatic: boolean; readonly reason: string },
  promote: boolean,
): { readonly promote: boolean; readonly reason: string } {
  if (champion !== null) {
    const reason = `version ${champion} is the champion, and only a person replaces a champion`
    return { promote: false, reason }
  }
  if (!promote) return { promote: false, reason: 'promotion was not wanted (--no-promote)' }
  if (!advice.automatic) return { promote: false, reason: `promotion_refused: ${advice.reason}` }
  return { promote: true, reason: `first model of its name, and ${advice.reason}` }
}
