/**
 * The artifact: what training made of a definition, as plain data. Identified by the sha256 of its canonical JSON.
 * This file is the schema; nothing of a trainer is in it.
 */
import { z } from 'zod'
import { treesSchema } from './tree-data.ts'

/** Of a table in an artifact: it stays small however many rows made it. */
export const MOST_STEPS = 256

/** zod 4 refuses NaN and the infinities in every number. */
const finite = z.number()

/** How columns are written in an artifact: exactly `Column` of features, checked structurally. */
export const columnSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('number'),
    name: z.string().min(1),
    group: z.string().min(1),
    side: z.enum(['fit', 'behaviour']),
    transform: z.enum(['identity', 'log1p']),
  }),
  z.strictObject({
    kind: z.literal('flag'),
    name: z.string().min(1),
    group: z.string().min(1),
    side: z.enum(['fit', 'behaviour']),
  }),
  z.strictObject({
    kind: z.literal('category'),
    name: z.string().min(1),
    group: z.string().min(1),
    side: z.enum(['fit', 'behaviour']),
    categories: z.array(z.string()),
  }),
])

/**
 * One term a column, in log-odds against the average training row, so that prediction and explanation are one sum:
 * `rawScore = base + sum over columns of term(row[column])`, and the mean of each term over the training rows
 * is 0.
 *
 * - linear (number, flag): `weight * (transform(x) - mean) / scale + offset` when present (flag: transform is the
 *   identity), `missing` when NaN.
 * - curve (number): the straight lines between the points (knots, values), in transform(x); level before the first
 *   and after the last; `missing` when NaN.
 * - category: `contributions[code]`, `missing` when NaN.
 */
const termSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('linear'),
    mean: finite,
    scale: finite.positive(),
    weight: finite,
    offset: finite,
    missing: finite,
  }),
  z.strictObject({
    kind: z.literal('curve'),
    /** Rising. */
    knots: z.array(finite).min(2),
    /** One a knot. */
    values: z.array(finite).min(2),
    missing: finite,
  }),
  z.strictObject({ kind: z.literal('category'), contributions: z.array(finite), missing: finite }),
])

/** Applied to the raw score; calibration.ts has the formulas. `slope` of beta and isotonic: of their affine share. */
const calibrationSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('identity') }),
  z.strictObject({ kind: z.literal('affine'), slope: finite.positive(), intercept: finite }),
  z.strictObject({
    kind: z.literal('beta'),
    a: finite.nonnegative(),
    b: finite.nonnegative(),
    c: finite,
    slope: finite.positive(),
  }),
  z.strictObject({
    kind: z.literal('isotonic'),
    /** Raw scores, rising. */
    knots: z.array(finite).min(2).max(MOST_STEPS),
    /** Log-odds, one a knot, never falling. */
    values: z.array(finite).min(2).max(MOST_STEPS),
    slope: finite.positive(),
  }),
])

/** How sure probabilities are, in steps of the raw score; interval.ts reads them. */
const intervalsSchema = z.strictObject({
  /** What they stand on: one row of each of so many accounts. */
  accounts: z.number().int().positive(),
  /** Where every step but the first begins: raw scores, rising. */
  from: z.array(finite).max(MOST_STEPS - 1),
  /** Log-odds, one a step, never falling; low is at most high. */
  low: z.array(finite).min(1).max(MOST_STEPS),
  high: z.array(finite).min(1).max(MOST_STEPS),
})

/** Which rows the average, and the fitted numbers, come from. */
const trainingSchema = z.strictObject({
  rows: z.number().int().nonnegative(),
  positives: z.number().int().nonnegative(),
  subjects: z.number().int().nonnegative(),
  seed: z.number().int(),
  /** ISO 8601. What training could know. */
  cutoff: z.string(),
})

const header = {
  format: z.literal('wonlost.artifact'),
  format_version: z.literal(1),
  name: z.string().min(1),
  segment: z.string(),
  /** The definition as plain data (see features/definition.ts), so that an artifact alone can compute its rows. */
  definition: z.record(z.string(), z.unknown()),
  /** Fitted vocabularies by feature name. */
  vocabularies: z.record(z.string(), z.array(z.string())),
  columns: z.array(columnSchema),
  /** Of the feature registry; a mismatch refuses to load. */
  fingerprint: z.string().regex(/^[0-9a-f]{64}$/),
}

const logisticArtifactSchema = z.strictObject({
  ...header,
  kind: z.literal('logistic'),
  /** Raw log-odds of the average training row. */
  base: finite,
  terms: z.array(termSchema),
  calibration: calibrationSchema,
  /** Absent where nobody calibrated: then probabilities have no interval. */
  intervals: intervalsSchema.exactOptional(),
  training: trainingSchema,
})

/** On one column; exactly one of the three. */
const rubricCondition = {
  column: z.string().min(1),
  at_least: finite.optional(),
  at_most: finite.optional(),
  one_of: z.array(z.string()).optional(),
}

/** Points for conditions on columns, written by people. No probability until outcomes calibrate it. */
const rubricArtifactSchema = z.strictObject({
  ...header,
  kind: z.literal('rubric'),
  base_points: finite,
  rules: z.array(
    z.strictObject({
      ...rubricCondition,
      /** What it gives; with `each`, the most that it gives. */
      points: finite,
      /** Instead of a condition: so many points for each unit of the column, of the sign of `points`. */
      each: finite.optional(),
      /** What must hold besides. */
      and: z.array(z.strictObject(rubricCondition)).optional(),
      /** For people: why it counts. */
      reason: z.string().min(1).optional(),
    }),
  ),
  /** ISO 8601. The points were derived from outcomes known until then: those are no witnesses of how good they are. */
  learned_until: z.string().exactOptional(),
  /** Of the points, by outcomes; the next two with it. Absent: no probability. */
  calibration: calibrationSchema.exactOptional(),
  intervals: intervalsSchema.exactOptional(),
  training: trainingSchema.exactOptional(),
})

/** `rawScore = base_score + sum of the leaves that the row reaches`, one a tree. See trees.ts for the way through a tree. */
const treesOf = {
  ...header,
  base_score: finite,
  trees: treesSchema,
  /** float32: values are rounded to the nearest float32 before they are compared, as XGBoost does. */
  rounding: z.enum(['none', 'float32']),
  calibration: calibrationSchema,
  /** Absent where nobody calibrated: then probabilities have no interval. */
  intervals: intervalsSchema.exactOptional(),
  training: trainingSchema,
}

const boostingArtifactSchema = z.strictObject({ ...treesOf, kind: z.literal('boosting') })

/** Trees that another program trained. The same data; what it tells of training may be zeros. */
const importedArtifactSchema = z.strictObject({ ...treesOf, kind: z.literal('imported') })

export const artifactSchema = z.discriminatedUnion('kind', [
  logisticArtifactSchema,
  rubricArtifactSchema,
  boostingArtifactSchema,
  importedArtifactSchema,
])

export type Artifact = z.infer<typeof artifactSchema>
export type LogisticArtifact = z.infer<typeof logisticArtifactSchema>
export type RubricArtifact = z.infer<typeof rubricArtifactSchema>
export type BoostingArtifact = z.infer<typeof boostingArtifactSchema>
export type ImportedArtifact = z.infer<typeof importedArtifactSchema>
export type ArtifactColumn = z.infer<typeof columnSchema>
export type Term = z.infer<typeof termSchema>
export type Calibration = z.infer<typeof calibrationSchema>
export type Intervals = z.infer<typeof intervalsSchema>
