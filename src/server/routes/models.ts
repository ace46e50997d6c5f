/** Versions of models, their reports, and which one answers. */
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { z } from 'zod'
import { loadReportPage, noReportPage } from '../../db/model-reports.ts'
import { champions, listModels } from '../../db/models.ts'
import { WonlostError } from '../../errors.ts'
import { formatTime, modelTitle } from '../../glossary.ts'
import { type ChampionChange, type ChangedChampion, promote, rollBack } from '../../jobs/change-champion.ts'
import { actorOf } from '../caller.ts'
import type { ServerParts } from '../parts.ts'
import { closed } from '../schemas/closed.ts'
import {
  modelListSchema,
  modelParams,
  modelSchema,
  pageSchema,
  promoteBody,
  promotedSchema,
  reportSchema,
  rollbackBody,
  segmentQuery,
  versionParams,
} from '../schemas/models.ts'
import { answer, problems } from '../schemas/problem.ts'
import { wantsPage } from '../wants-page.ts'

type ShownModel = z.infer<typeof modelSchema>

/** The page says of itself, more strictly, which style it has. */
const REPORT_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

export const modelRoutes: FastifyPluginAsyncZod<ServerParts> = async (app, { pool, engine, now }) => {
  app.get(
    '/v1/models',
    {
      config: { scope: 'read' },
      schema: {
        operationId: 'listModels',
        tags: ['models'],
        summary: 'Every model, with its versions and what answers under its name.',
        querystring: closed({}),
        response: { ...answer('Every model.', modelListSchema), ...problems(400, 500, 503) },
      },
    },
    async () => ({ models: await shownModels() }),
  )

  app.get(
    '/v1/models/:name',
    {
      config: { scope: 'read' },
      schema: {
        operationId: 'getModel',
        tags: ['models'],
        summary: 'One model.',
        params: modelParams,
        querystring: closed({}),
        response: { ...answer('The model.', modelSchema), ...problems(400, 404, 500, 503) },
      },
    },
    async ({ params }) => {
      const [model] = await shownModels(params.name)
      if (!model) throw await unknownModel(params.name)
      return model
    },
  )

  app.get(
    '/v1/models/:name/versions/:v/report',
    {
      config: { scope: 'read' },
      schema: {
        operationId: 'getModelReport',
        tags: ['models'],
        summary: 'What training measured, as it was written then: as JSON, or as a page with charts.',
        description:
          'JSON by default. With `Accept: text/html`, as browsers send it, the page that was made when the version was trained: whole in one file, without scripts or network. Imported and recalibrated models have no page, and versions older than these pages get theirs by `wonlost models report`.',
        params: versionParams,
        querystring: segmentQuery,
        response: {
          200: {
            description: 'The report, as training wrote it.',
            content: { 'application/json': { schema: reportSchema }, 'text/html': { schema: pageSchema } },
          },
          ...problems(400, 404, 500, 503),
        },
      },
    },
    async ({ params, query, headers }, reply) => {
      const versions = await versionsOf(params.name)
      const inSegment = versions.filter(({ segment }) => segment === (query.segment ?? ''))
      const found = inSegment.find(({ version }) => version === params.v)
      if (!found) throw unknownVersion(params.name, query.segment, params.v, inSegment)
      reply.header('vary', 'accept')
      if (!wantsPage(headers.accept)) return found.report as Record<string, unknown>
      const page = await loadReportPage(pool, found)
      if (page === null) throw noReportPage(found)
      return reply
        .type('text/html; charset=utf-8')
        .header('content-security-policy', REPORT_POLICY)
        .send(page)
    },
  )

  app.post(
    '/v1/models/:name/promote',
    {
      config: { scope: 'admin' },
      schema: {
        operationId: 'promoteModel',
        tags: ['models'],
        summary:
          'Let a version answer, if the gate of training let it pass. Every running server follows within two seconds.',
        params: modelParams,
        body: promoteBody,
        response: {
          ...answer('What answers now, and the new revision.', promotedSchema),
          ...problems(400, 404, 409, 413, 415, 422, 500, 503),
        },
      },
    },
    async (request) => {
      const { params, body } = request
      await requireVersion(params.name, body.segment ?? '', body.version)
      const change = { ...championChange(params.name, body, actorOf(request)), force: body.force ?? false }
      return changedAnswer(await promote(pool, body.version, change))
    },
  )

  app.post(
    '/v1/models/:name/rollback',
    {
      config: { scope: 'admin' },
      schema: {
        operationId: 'rollbackModel',
        tags: ['models'],
        summary:
          'Let an earlier version answer again: by default the champion before this one, or none before the first.',
        params: modelParams,
        body: rollbackBody,
        response: {
          ...answer('What answers now, and the new revision.', promotedSchema),
          ...problems(400, 404, 409, 413, 415, 422, 500, 503),
        },
      },
    },
    async (request) => {
      const { params, body } = request
      const { version } = body
      if (version === undefined) await versionsOf(params.name)
      else await requireVersion(params.name, body.segment ?? '', version)
      const change = { ...championChange(params.name, body, actorOf(request)), version }
      return changedAnswer(await rollBack(pool, change))
    },
  )

  function championChange(
    name: string,
    change: z.output<typeof rollbackBody>,
    changedBy: string,
  ): ChampionChange {
    return {
      name,
      segment: change.segment ?? '',
      reason: change.reason,
      changedBy,
      now: now(),
      expectedRevision: change.expected_revision,
    }
  }

  /** Throws `model_not_found`, naming what there is. */
  async function requireVersion(name: string, segment: string, version: number): Promise<void> {
    const inSegment = (await versionsOf(name)).filter((model) => model.segment === segment)
    if (!inSegment.some((model) => model.version === version))
      throw unknownVersion(name, segment, version, inSegment)
  }

  /** None for a model that nobody has trained yet. Throws `model_not_found` for a name that there is not. */
  async function versionsOf(name: string) {
    const versions = await listModels(pool, name)
    const isKnown = versions.length > 0 || engine.current().engine.models.some((model) => model.name === name)
    if (!isKnown) throw await unknownModel(name)
    return versions
  }

  /** Of the database and, for names that nobody has trained yet, of the engine. */
  async function shownModels(only?: string): Promise<ShownModel[]> {
    const [versions, current] = await Promise.all([listModels(pool, only), champions(pool)])
    const serving = engine.current().engine.models
    const names = [...new Set([...serving, ...versions].map(({ name }) => name))]
    return names
      .filter((name) => only === undefined || name === only)
      .map((name) => ({
        name,
        serving: serving
          .filter((model) => model.name === name)
          .map(({ segment, version, sha256, artifact }) => ({
            segment: segment === '' ? null : segment,
            basis: artifact.kind,
            version: String(version),
            sha256,
          })),
        versions: versions
          .filter((model) => model.name === name)
          .map((model) => {
            const champion = current.find(
              ({ name, segment, version }) =>
                name === model.name && segment === model.segment && version === model.version,
            )
            return {
              segment: model.segment === '' ? null : model.segment,
              version: String(model.version),
              kind: model.kind,
              sha256: model.artifactSha256,
              definition_version: String(model.definitionVersion),
              cutoff: formatTime(model.cutoff),
              created_at: formatTime(model.createdAt),
              created_by: model.createdBy,
              alias: model.alias,
              revision: champion?.revision ?? null,
            }
          }),
      }))
  }

  async function unknownModel(name: string): Promise<WonlostError> {
    const known = (await shownModels()).map((model) => model.name)
    return new WonlostError(
      'model_not_found',
      `There is no model ${JSON.stringify(name)}. Known: ${known.join(', ')}.`,
      {
        field: 'name',
      },
    )
  }
}

function changedAnswer({ name, segment, version, revision }: ChangedChampion) {
  const shown = version === null ? null : String(version)
  return { name, segment: segment === '' ? null : segment, version: shown, revision }
}

function unknownVersion(
  name: string,
  segment: string | undefined,
  version: number,
  known: readonly { readonly version: number }[],
): WonlostError {
  const allowed = known.map((model) => model.version).join(', ') || 'none'
  return new WonlostError(
    'model_not_found',
    `${modelTitle({ name, segment: segment ?? '' })} has no version ${version}. Versions: ${allowed}.`,
    {
      field: 'version',
    },
  )
}
