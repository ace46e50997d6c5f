/** An artifact with everything needed to score: its registry, which computes rows, and its predictor. */
import { WonlostError } from '../errors.ts'
import { definitionFromPlain } from '../features/definition.ts'
import { defineRegistry, type FittedRegistry, fitRegistry } from '../features/registry.ts'
import { modelTitle } from '../glossary.ts'
import type { Artifact } from '../model/artifact.ts'
import { canonicalJson, sha256Hex } from '../model/canonical.ts'
import { parseArtifact } from '../model/parse-artifact.ts'
import { createPredictor, type Predictor } from '../model/predict.ts'

export interface LoadedModel {
  readonly name: string
  /** '' for everyone. */
  readonly segment: string
  /** 0: none of a database. A rubric that serves because nothing was trained yet, or an artifact from a file. */
  readonly version: number
  readonly sha256: string
  readonly artifact: Artifact
  readonly registry: FittedRegistry
  readonly predictor: Predictor
}

/** A version of a model as the database keeps it. */
export interface StoredModel {
  readonly name: string
  readonly segment: string
  readonly version: number
  readonly sha256: string
  /** Canonical JSON of the artifact, byte for byte what the hash is of. */
  readonly body: string
}

/**
 * Throws `artifact_invalid` when the body is damaged, and `fingerprint_mismatch` when this version of the program would
 * compute other features than the model was trained on: a model must never score rows of another kind.
 */
export function loadModel({ name, segment, version, sha256, body }: StoredModel): LoadedModel {
  const where = `model ${modelTitle({ name, segment })} version ${version}`
  const found = sha256Hex(body)
  if (found !== sha256) {
    throw new WonlostError('artifact_invalid', `${where}: its sha256 must be ${sha256}. Given: ${found}.`)
  }
  const artifact = parseArtifact(body, where)
  return { name, segment, version, sha256, artifact, ...readyToScore(artifact, segment, where) }
}

/** A rubric that serves until a model is trained; version 0. */
export function loadRubric(artifact: Artifact): LoadedModel {
  const { name, segment } = artifact
  const sha256 = sha256Hex(canonicalJson(artifact))
  return { name, segment, version: 0, sha256, artifact, ...readyToScore(artifact, segment, `rubric ${name}`) }
}

/** An artifact from a file, without a database. Throws `artifact_invalid` and `fingerprint_mismatch`. `file` is for messages. */
export function loadArtifact(body: string, file: string): LoadedModel {
  const artifact = parseArtifact(body, file)
  const { name, segment } = artifact
  return {
    name,
    segment,
    version: 0,
    sha256: sha256Hex(body),
    artifact,
    ...readyToScore(artifact, segment, file),
  }
}

function readyToScore(
  artifact: Artifact,
  segment: string,
  where: string,
): Pick<LoadedModel, 'registry' | 'predictor'> {
  const definition = definitionFromPlain(artifact.definition)
  if (segment !== '' && !definition.segments.some(({ name }) => name === segment)) {
    const allowed = definition.segments.map(({ name }) => name).join(', ') || 'none'
    const message = `${where}: its definition does not say who is in the segment ${segment}. Its segments: ${allowed}.`
    throw new WonlostError('artifact_invalid', message)
  }
  const registry = fitRegistry(defineRegistry(definition), artifact.vocabularies)
  if (registry.fingerprint !== artifact.fingerprint) {
    const message = `${where} was trained on other features than this version computes; train it again. Its fingerprint: ${artifact.fingerprint}; allowed: ${registry.fingerprint}.`
    throw new WonlostError('fingerprint_mismatch', message)
  }
  return { registry, predictor: createPredictor(artifact) }
}
