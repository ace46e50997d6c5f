import type pg from 'pg'
import { modelNames } from '../db/models.ts'
import { WonlostError } from '../errors.ts'
import type { EngineSource } from './engine-source.ts'

/** Throws `model_not_found`. One that nobody has trained yet has no versions, but it is a model. */
export async function requireModel(pool: pg.Pool, engine: EngineSource, name: string): Promise<void> {
  const serving = engine.current().engine.models.map((model) => model.name)
  if (serving.includes(name)) return
  const known = [...new Set([...serving, ...(await modelNames(pool))])]
  if (known.includes(name)) return
  const message = `There is no model ${JSON.stringify(name)}. Known: ${known.join(', ')}.`
  throw new WonlostError('model_not_found', message, { field: 'name' })
}
