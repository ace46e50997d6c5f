/** A model as people name it on the command line: `conversion`, or `conversion@3`. */
import type pg from 'pg'
import { listModels, type ModelAlias, type ModelVersion } from '../db/models.ts'
import { WonlostError } from '../errors.ts'
import { EVERYONE } from '../features/segment-schema.ts'
import { modelTitle } from '../glossary.ts'

/** `conversion@3` in parts. Throws `usage` for a version that is no positive integer. */
export function readModelName(given: string): { readonly name: string; readonly version: number | null } {
  const at = given.lastIndexOf('@')
  if (at < 0) return { name: given, version: null }
  return { name: given.slice(0, at), version: readVersion(given.slice(at + 1)) }
}

export function readVersion(given: string): number {
  if (/^[1-9]\d{0,8}$/.test(given)) return Number(given)
  throw new WonlostError('usage', `A version is a positive integer. Given: ${JSON.stringify(given)}.`)
}

/** That version; without one the champion, or else the newest. `segment`: '' is everyone. Throws `model_not_found` naming what there is. */
export async function findModel(
  pool: pg.Pool,
  name: string,
  version: number | null,
  segment = '',
): Promise<ModelVersion & { readonly alias: ModelAlias | null }> {
  const all = await listModels(pool)
  const models = all.filter((model) => model.segment === segment)
  const versions = models.filter((model) => model.name === name)
  const found =
    version === null
      ? (versions.find((model) => model.alias === 'champion') ?? versions[0])
      : versions.find((model) => model.version === version)
  if (found) return found
  if (versions.length > 0) {
    const allowed = versions.map((model) => model.version).join(', ')
    const title = modelTitle({ name, segment })
    throw new WonlostError('model_not_found', `${title} has no version ${version}. Allowed: ${allowed}.`)
  }
  const segments = [...new Set(all.flatMap((model) => (model.name === name ? [model.segment] : [])))]
  if (segments.length > 0) {
    const allowed = segments.map((one) => one || EVERYONE).join(', ')
    const given = segment === '' ? EVERYONE : `the segment ${JSON.stringify(segment)}`
    throw new WonlostError('model_not_found', `There is no ${name} for ${given}. Allowed: ${allowed}.`)
  }
  const names = [...new Set(all.map((model) => model.name))].join(', ')
  const message = `There is no trained model "${name}". Allowed: ${names || 'none is trained yet'}.`
  throw new WonlostError('model_not_found', message)
}
