/** Keeps an imported model as the challenger of its name: definition, artifact, version and alias in one transaction. */
import type pg from 'pg'
import { recordConfiguration } from '../db/configurations.ts'
import { withTransaction } from '../db/database.ts'
import type { ImportedArtifact } from '../model/artifact.ts'
import { type AboutChallenger, type KeptChallenger, keepChallenger } from './keep-challenger.ts'

/** `definitionText` is the YAML as it was read. */
export async function keepImported(
  pool: pg.Pool,
  artifact: ImportedArtifact,
  { definitionText, ...about }: AboutChallenger & { readonly definitionText: string },
): Promise<KeptChallenger> {
  return withTransaction(pool, async (client) => {
    const { name } = artifact
    const definitionVersion = await recordConfiguration(client, 'definition', name, definitionText, about.now)
    return keepChallenger(client, artifact, { ...about, definitionVersion })
  })
}
