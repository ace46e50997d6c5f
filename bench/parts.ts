/** The parts of the bench, in the order in which they run and stand in RESULTS.md. */
import { WonlostError } from '../src/errors.ts'
import { guardrailsPart } from './guardrails/part.ts'
import { httpPart } from './http/part.ts'
import { ingestPart } from './ingest/part.ts'
import type { Part } from './part.ts'
import { predictionPart } from './prediction/part.ts'
import { rescoringPart } from './rescoring/part.ts'
import { shapPart } from './shap/part.ts'
import { trainingPart } from './training/part.ts'

export const PARTS: readonly Part[] = [
  trainingPart,
  predictionPart,
  shapPart,
  httpPart,
  guardrailsPart,
  rescoringPart,
  ingestPart,
]

/** The parts with these names, in the order of the list; all of them when none is named. Throws `usage` for an unknown one. */
export function chooseParts(parts: readonly Part[], names: readonly string[]): readonly Part[] {
  for (const name of names) {
    if (parts.some((part) => part.name === name)) continue
    const allowed = parts.map((part) => part.name).join(', ')
    throw new WonlostError('usage', `There is no part "${name}". Allowed: ${allowed}.`)
  }
  return names.length === 0 ? parts : parts.filter(({ name }) => names.includes(name))
}
