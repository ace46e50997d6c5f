/** Which versions answered when, and what another one would change. */
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { z } from 'zod'
import { aliasHistory } from '../../db/model-history.ts'
import { hasReportPage } from '../../db/model-reports.ts'
import { loadVersion } from '../../db/models.ts'
import { WonlostError } from '../../errors.ts'
import { formatTime } from '../../glossary.ts'
import { compareStoredVersions } from '../../jobs/compare-versions.ts'
import { LIMITS } from '../limits.ts'
import type { ServerParts } from '../parts.ts'
import { requireModel } from '../require-model.ts'
import { aliasHistorySchema, compareQuery, comparisonSchema } from '../schemas/model-versions.ts'
import { modelParams, segmentQuery, versionParams } from '../schemas/models.ts'
import { answer, problems } from '../schemas/problem.ts'
import { sectionSchemas, versionFiguresSchema } from '../schemas/version-figures.ts'

const DEFAULT_LEADS = 2_000
const EXAMPLES = 10

export const modelVersionRoutes: FastifyPluginAsyncZod<ServerParts> = async (app, { pool, engine, now }) => {
  let isRunning = false

  app.get(
    '/v1/models/:name/history',
    {
      config: { scope: 'read' },
      schema: {
        operationId: 'getModelHistory',
        tags: ['models'],
        summary: 'Which version was champion or challenger from when on, by whom and why.',
        params: modelParams,
        querystring: segmentQuery,
        response: { ...answer('Every change.', aliasHistorySchema), ...problems(400, 404, 500, 503) },
      },
    },
    async ({ params: { name }, query: { segment = '' } }) => {
      await requireModel(pool, engine, name)
      const changes = await aliasHistory(pool, name, segment)
      return {
        name,
        segment: segment === '' ? null : segment,
        changes: changes.map(({ alias, version, revision, changedAt, changedBy, reason }) => ({
          alias,
          version: version === null ? null : String(version),
          revision,
          changed_at: formatTime(changedAt),
          changed_by: changedBy,
          reason,
        })),
      }
    },
  )

  app.get(
    '/v1/models/:name/versions/:v/figures',
    {
      config: { scope: 'read' },
      schema: {
        operationId: 'getVersionFigures',
        tags: ['models'],
        summary: 'What versions are compared by: quality beside the baselines, curves, half-lives, the gate.',
        description: 'Out of the report of the version, of which this is a tenth. It never changes.',
        params: versionParams,
        querystring: segmentQuery,
        response: { ...answer('The figures.', versionFiguresSchema), ...problems(400, 404, 500, 503) },
      },
    },
    async ({ params: { name, v }, query: { segment = '' } }) => {
      await requireModel(pool, engine, name)
      const { report, kind } = await loadVersion(pool, name, segment, v)
      return {
        name,
        segment: segment === '' ? null : segment,
        version: String(v),
        kind,
        has_page: await hasReportPage(pool, { name, segment, version: v }),
        learned_from: section(report, 'learned_from'),
        evaluation: section(report, 'evaluation'),
        curves: section(report, 'curves'),
        half_lives: section(report, 'half_lives'),
        gate: section(report, 'gate'),
      }
    },
  )

  app.get(
    '/v1/models/:name/compare',
    {
      config: { scope: 'read' },
      schema: {
        operationId: 'compareModelVersions',
        tags: ['models'],
        summary: 'Two versions on the same leads: how many would stand in another band.',
        description:
          'As of now, with the policy and the guardrails in force; everything else answers as it does. Computed afresh on a sample of the leads, always the same. Nothing is kept. One at a time.',
        params: modelParams,
        querystring: compareQuery,
        response: {
          ...answer('The comparison.', comparisonSchema),
          ...problems(400, 404, 409, 422, 500, 503),
        },
      },
    },
    async ({ params: { name }, query }) => {
      const { segment = '', before, after, leads = DEFAULT_LEADS } = query
      await requireModel(pool, engine, name)
      const one = before === undefined ? null : await loadVersion(pool, name, segment, before)
      const other = await loadVersion(pool, name, segment, after)
      if (isRunning) {
        const message =
          'Versions of a model are being compared on this server. Ask again when that has ended.'
        throw new WonlostError('comparison_in_progress', message)
      }
      isRunning = true
      try {
        const asOf = now()
        const found = await compareStoredVersions(pool, engine.current().engine, {
          ...{ before: one, after: other, asOf, mostLeads: leads, mostExamples: EXAMPLES },
          // Nobody waits any longer.
          signal: AbortSignal.timeout(LIMITS.answer),
        })
        const said = { name, segment: segment === '' ? null : segment, as_of: formatTime(asOf) }
        return { ...said, before: one && String(one.version), after: String(after), ...found }
      } finally {
        isRunning = false
      }
    },
  )
}

/** null where the report has none, or one of another making. */
function section<Name extends keyof typeof sectionSchemas>(
  report: unknown,
  name: Name,
): z.infer<(typeof sectionSchemas)[Name]> | null {
  const kept = typeof report === 'object' && report !== null ? Reflect.get(report, name) : undefined
  const read = sectionSchemas[name].safeParse(kept)
  return read.success ? (read.data as z.infer<(typeof sectionSchemas)[Name]>) : null
}
