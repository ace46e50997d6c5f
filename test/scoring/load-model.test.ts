import { describe, expect, it } from 'vitest'
import { WonlostError } from '../../src/errors.ts'
import { canonicalJson, sha256Hex } from '../../src/model/canonical.ts'
import { loadModel } from '../../src/scoring/load-model.ts'
import { logisticArtifact } from './fixture.ts'

const body = canonicalJson(logisticArtifact())
const stored = { name: 'conversion', segment: '', version: 3, sha256: sha256Hex(body), body }

function codeOf(given: typeof stored): string {
  try {
    loadModel(given)
  } catch (error) {
    if (error instanceof WonlostError) return error.code
    throw error
  }
  return 'loaded'
}

describe('loadModel', () => {
  it('makes ready to score what its hash names', () => {
    const model = loadModel(stored)
    expect(model.registry.columns.map(({ name }) => name)).toEqual([
      'employees',
      'industry',
      'pricing_page_viewed.decayed',
      'pricing_page_viewed.count',
    ])
    expect(model.predictor.base).toBe(-2)
  })

  it('refuses a body that is not what the hash is of, and one that is no artifact', () => {
    expect(codeOf({ ...stored, body: body.replace('"base":-3', '"base":-2') })).toBe('artifact_invalid')
    const cut = body.slice(0, -1)
    expect(codeOf({ ...stored, body: cut, sha256: sha256Hex(cut) })).toBe('artifact_invalid')
  })

  it('refuses a model whose features this version computes otherwise', () => {
    const other = canonicalJson({ ...logisticArtifact(), fingerprint: '0'.repeat(64) })
    expect(codeOf({ ...stored, body: other, sha256: sha256Hex(other) })).toBe('fingerprint_mismatch')
  })
})
