/** What answers where no trained model serves yet: the rubric, with probabilities once there are outcomes, and when a model will be possible. */
import type pg from 'pg'
import { recordConfiguration } from '../../src/db/configurations.ts'
import { withTransaction } from '../../src/db/database.ts'
import { saveModel } from '../../src/db/models.ts'
import type { Definition } from '../../src/features/definition.ts'
import type { Milliseconds, ReportProgress } from '../../src/glossary.ts'
import type { RubricArtifact } from '../../src/model/artifact.ts'
import { canonicalJson } from '../../src/model/canonical.ts'
import { assessRows } from '../divide-rows.ts'
import { type Outlook, outlookOf } from '../outlook.ts'
import type { RecordSource } from '../record-source.ts'
import type { RubricReport } from '../report/rubric-report.ts'
import { collectRows } from '../rows.ts'
import { calibrateRubric } from './calibrate-rubric.ts'

/** More landmarks than that say nothing new about a line: of more, a sample of the accounts. */
const MOST_LANDMARKS = 1_000_000

export interface StandIn {
  /** null where there is enough to train on. */
  readonly outlook: Outlook | null
  /** null where the rubric says nothing about the columns of the definition. */
  readonly rubric:
    | { readonly version: number; readonly sha256: string; readonly report: RubricReport }
    /** Why it has points and no probability: a sentence. */
    | { readonly because: string }
    | null
}

/**
 * The rubric of a definition that has no champion, calibrated by what is known before the cut-off and kept as a version of its name. It has
 * no alias: it serves as long as the card is what it was and no model is promoted. The same again keeps nothing new.
 */
export async function keepStandIn(
  pool: pg.Pool,
  records: RecordSource,
  {
    definition,
    text,
    rubric,
  }: { readonly definition: Definition; readonly text: string; readonly rubric: RubricArtifact | null },
  options: {
    readonly cutoff: Milliseconds
    readonly createdBy: string
    readonly now: Milliseconds
    readonly report?: ReportProgress
  },
): Promise<StandIn> {
  const { cutoff, createdBy, now } = options
  const { seed, name } = definition
  const collected = await collectRows(records, definition, cutoff, { limit: { most: MOST_LANDMARKS, seed } })
  const { outcomes, shortage } = assessRows(collected, cutoff)
  const outlook = shortage && outlookOf(shortage, collected.rows, outcomes, definition, cutoff)
  if (!rubric) return { outlook, rubric: null }
  const calibrated = await calibrateRubric(records, collected, rubric, { ...options, seed })
  if ('because' in calibrated) return { outlook, rubric: calibrated }
  const { artifact, report } = calibrated
  const kept = await withTransaction(pool, async (client) => {
    const definitionVersion = await recordConfiguration(client, 'definition', name, text, now)
    return saveModel(client, {
      name,
      segment: artifact.segment,
      kind: 'rubric',
      artifactBody: canonicalJson(artifact),
      definitionVersion,
      report,
      cutoff,
      createdAt: now,
      createdBy,
    })
  })
  return { outlook, rubric: { version: kept.version, sha256: kept.artifactSha256, report } }
}
