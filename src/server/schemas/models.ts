/** The routes under /v1/models. */
import { z } from 'zod'
import { closed } from './closed.ts'
import { nameSchema, reasonSchema, shownTime } from './common.ts'

export const modelParams = closed({ name: nameSchema })

export const versionParams = closed({
  name: nameSchema,
  v: z
    .string()
    .refine((text) => /^[1-9]\d{0,8}$/.test(text), 'must be a version: a whole number from 1 on')
    .transform(Number)
    .meta({ type: 'integer', minimum: 1 }),
})

export const segmentQuery = closed({
  segment: nameSchema.optional().describe('Default: the model for everyone.'),
})

const change = {
  reason: reasonSchema.describe('Why, for the history.'),
  expected_revision: z
    .int()
    .min(1)
    .max(2_147_483_647)
    .nullable()
    .optional()
    .describe(
      'The revision of the champion you saw; null: there was none. Where it changed meanwhile, nothing is done (409).',
    ),
  segment: nameSchema.optional().describe('Default: the model for everyone.'),
}

export const promoteBody = closed({
  version: z.int().min(1),
  ...change,
  force: z
    .boolean()
    .optional()
    .describe('Also where the gate did not let it pass (409 otherwise); the history says so.'),
}).meta({ id: 'Promotion' })

export const rollbackBody = closed({
  version: z
    .int()
    .min(1)
    .optional()
    .describe('One that was champion before. Default: the last one; before the first there was none.'),
  ...change,
}).meta({ id: 'Rollback' })

const versionSchema = z
  .strictObject({
    segment: z.string().nullable(),
    version: z.string(),
    kind: z.string(),
    sha256: z.string(),
    definition_version: z.string(),
    cutoff: shownTime.describe('What training could know.'),
    created_at: shownTime,
    created_by: z.string(),
    alias: z.enum(['champion', 'challenger']).nullable(),
    revision: z.int().nullable().describe('Of the champion: give it back as `expected_revision`.'),
  })
  .meta({ id: 'ModelVersion' })

/** What answers under a name just now in this server. */
const servingSchema = z.strictObject({
  segment: z.string().nullable(),
  basis: z.string(),
  version: z.string(),
  sha256: z.string(),
})

export const modelSchema = z
  .strictObject({
    name: z.string(),
    serving: z.array(servingSchema).describe('What this server answers with just now; empty: nothing yet.'),
    versions: z.array(versionSchema).describe('Newest first.'),
  })
  .meta({ id: 'Model' })

export const modelListSchema = z.strictObject({ models: z.array(modelSchema) }).meta({ id: 'ModelList' })

export const reportSchema = z.record(z.string(), z.unknown()).meta({ id: 'TrainingReport' })

export const pageSchema = z.string().meta({ description: 'One HTML page: no scripts, no network.' })

export const promotedSchema = z
  .strictObject({
    name: z.string(),
    segment: z.string().nullable(),
    version: z
      .string()
      .nullable()
      .describe(
        'null: there is no champion any more. What is less specific answers: another segment, everyone, the rubric.',
      ),
    revision: z.int().nullable().describe('Give it back as `expected_revision`; null: there is none.'),
  })
  .meta({ id: 'Promoted' })
