/** Keeps an imported model as the challenger of its name: definition, artifact, version and alias in one transaction. */
import type pg from 'pg'
import { recordConfiguration } from '../db/configurations.ts'
import { withTransaction } from '../db/database.ts'
import { aliasOf } from '../db/model-aliases.ts'
import { type ModelAlias, type ModelVersion, saveModel, setAlias } from '../db/models.ts'
import type { Milliseconds } from '../glossary.ts'
import type { ImportedArtifact } from '../model/artifact.ts'
import { canonicalJson } from '../model/canonical.ts'

export interface KeptImport {
  readonly saved: ModelVersion
  /** Champion where the same artifact was imported, and promoted, before. */
  readonly alias: ModelAlias
}

export async function keepImported(
  pool: pg.Pool,
  artifact: ImportedArtifact,
  about: {
    /** The YAML as it was read. */
    readonly definitionText: string
    readonly report: unknown
    readonly cutoff: Milliseconds
    readonly createdBy: string
    readonly reason: string
    readonly now: Milliseconds
  },
): Promise<KeptImport> {
  const { name, segment, kind } = artifact
  const { report, cutoff, createdBy, reason, now } = about
  return withTransaction(pool, async (client) => {
    const definitionVersion = await recordConfiguration(client, 'definition', name, about.definitionText, now)
    const artifactBody = canonicalJson(artifact)
    const model = { name, segment, kind, artifactBody, definitionVersion, report, cutoff }
    const saved = await saveModel(client, { ...model, createdAt: now, createdBy })
    const { version } = saved
    const champion = await aliasOf(client, name, segment, 'champion')
    if (champion?.version === version) return { saved, alias: 'champion' }
    const current = await aliasOf(client, name, segment, 'challenger')
    if (current?.version !== version) {
      const expectedRevision = current?.revision ?? null
      const change = { name, segment, alias: 'challenger', version, expectedRevision } as const
      await setAlias(client, { ...change, changedBy: createdBy, reason, now })
    }
    return { saved, alias: 'challenger' }
  })
}
