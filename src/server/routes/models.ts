/** Versions of models, their reports, and which one answers. */
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { z } from 'zod'
import { previousChampion } from '../../db/model-history.ts'
import { champions, listModels, setAlias } from '../../db/models.ts'
import { WonlostError } from '../../errors.ts'
import { formatTime } from '../../glossary.ts'
import type { ServerParts } from '../parts.ts'
import { closed } from '../schemas/closed.ts'
import {
  modelListSchema,
  modelParams,
  modelSchema,
  promoteBody,
  promotedSchema,
  reportSchema,
  rollbackBody,
  segmentQuery,
  versionParams,
} from '../schemas/models.ts'
import { answer, problems } from '../schemas/problem.ts'

type ShownModel = z.infer<typeof modelSchema>

export const modelRoutes: FastifyPluginAsyncZod<ServerParts> = async (app, { pool, engine, now }) => {
  app.get(
    '/v1/models',
    {
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
      schema: {
        operationId: 'getModelReport',
        tags: ['models'],
        summary: 'What training measured, as it was written then.',
        params: versionParams,
        querystring: segmentQuery,
        response: {
          ...answer('The report, as training wrote it.', reportSchema),
          ...problems(400, 404, 500, 503),
        },
      },
    },
    async ({ params, query }) => {
      const versions = await versionsOf(params.name)
      const inSegment = versions.filter(({ segment }) => segment === (query.segment ?? ''))
      const found = inSegment.find(({ version }) => version === params.v)
      if (!found) throw unknownVersion(params.name, params.v, inSegment)
      return found.report as Record<string, unknown>
    },
  )

  app.post(
    '/v1/models/:name/promote',
    {
      schema: {
        operationId: 'promoteModel',
        tags: ['models'],
        summary: 'Let a version answer. Every running server follows within two seconds.',
        params: modelParams,
        body: promoteBody,
        response: {
          ...answer('What answers now, and the new revision.', promotedSchema),
          ...problems(400, 404, 409, 413, 415, 500, 503),
        },
      },
    },
    async ({ params, body }) => changeChampion(params.name, body.version, body),
  )

  app.post(
    '/v1/models/:name/rollback',
    {
      schema: {
        operationId: 'rollbackModel',
        tags: ['models'],
        summary: 'Let an earlier version answer again: by default the champion before this one.',
        params: modelParams,
        body: rollbackBody,
        response: {
          ...answer('What answers now, and the new revision.', promotedSchema),
          ...problems(400, 404, 409, 413, 415, 500, 503),
        },
      },
    },
    async ({ params, body }) => {
      const version = body.version ?? (await previousChampion(pool, params.name, body.segment ?? ''))
      if (version !== null) return changeChampion(params.name, version, body)
      await versionsOf(params.name)
      throw new WonlostError(
        'promotion_refused',
        `${params.name} has had no other champion: there is nothing to go back to.`,
      )
    },
  )

  async function changeChampion(name: string, version: number, change: z.output<typeof rollbackBody>) {
    const versions = await versionsOf(name)
    const segment = change.segment ?? ''
    const inSegment = versions.filter((model) => model.segment === segment)
    if (!inSegment.some((model) => model.version === version)) throw unknownVersion(name, version, inSegment)
    const current = (await champions(pool)).find(
      (champion) => champion.name === name && champion.segment === segment,
    )
    const revision = await setAlias(pool, {
      name,
      segment,
      alias: 'champion',
      version,
      expectedRevision:
        change.expected_revision === undefined ? (current?.revision ?? null) : change.expected_revision,
      changedBy: 'api',
      reason: change.reason,
      now: now(),
    })
    return { name, segment: segment === '' ? null : segment, version: String(version), revision }
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

function unknownVersion(
  name: string,
  version: number,
  known: readonly { readonly version: number }[],
): WonlostError {
  const allowed = known.map((model) => model.version).join(', ') || 'none'
  return new WonlostError('model_not_found', `${name} has no version ${version}. Versions: ${allowed}.`, {
    field: 'version',
  })
}
