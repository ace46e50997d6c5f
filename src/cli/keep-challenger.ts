/** Keeps a model that no training run of ours made, or that was moved after one, as the challenger of its name: artifact, version, alias. */
import type pg from 'pg'
import { aliasOf } from '../db/model-aliases.ts'
import { type ModelAlias, type ModelVersion, saveModel, setAlias } from '../db/models.ts'
import type { Milliseconds } from '../glossary.ts'
import type { Artifact } from '../model/artifact.ts'
import { canonicalJson } from '../model/canonical.ts'

export interface KeptChallenger {
  readonly saved: ModelVersion
  /** Champion where the same artifact was kept, and promoted, before. */
  readonly alias: ModelAlias
}

export interface AboutChallenger {
  readonly report: unknown
  readonly cutoff: Milliseconds
  readonly createdBy: string
  readonly reason: string
  readonly now: Milliseconds
}

/** Give it a client in a transaction. */
export async function keepChallenger(
  client: pg.ClientBase,
  artifact: Artifact,
  {
    report,
    cutoff,
    createdBy,
    reason,
    now,
    definitionVersion,
  }: AboutChallenger & { definitionVersion: number },
): Promise<KeptChallenger> {
  const { name, segment, kind } = artifact
  const model = {
    name,
    segment,
    kind,
    artifactBody: canonicalJson(artifact),
    definitionVersion,
    report,
    cutoff,
  }
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
}
