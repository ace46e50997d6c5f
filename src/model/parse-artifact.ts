/** Reads an artifact from its text. Nothing is believed: a damaged artifact must not score anybody. */
import { WonlostError } from '../errors.ts'
import { type Artifact, artifactSchema, type LogisticArtifact, type RubricArtifact } from './artifact.ts'
import { checkTrees } from './check-trees.ts'

/**
 * @param body JSON text.
 * @param where For the message: a file, `model conversion version 3`.
 * @throws `artifact_invalid` naming the field: not JSON, wrong schema, or parts that do not fit together.
 */
export function parseArtifact(body: string, where: string): Artifact {
  const artifact = artifactSchema.safeParse(readJson(body, where))
  if (!artifact.success) {
    const details = artifact.error.issues.map((issue) => ({
      field: issue.path.join('.') || 'artifact',
      message: issue.message,
    }))
    const first = details[0]
    throw new WonlostError('artifact_invalid', `${where}: ${first?.field}: ${first?.message}.`, {
      ...(first === undefined ? {} : { field: first.field }),
      details,
    })
  }
  checkColumns(artifact.data, where)
  checkCalibration(artifact.data, where)
  switch (artifact.data.kind) {
    case 'logistic':
      checkTerms(artifact.data, where)
      break
    case 'rubric':
      checkRules(artifact.data, where)
      break
    case 'boosting':
    case 'imported':
      checkTrees(artifact.data.trees, artifact.data.columns, where)
  }
  return artifact.data
}

function readJson(body: string, where: string): unknown {
  try {
    return JSON.parse(body)
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    throw new WonlostError(
      'artifact_invalid',
      `${where}: not JSON (${why}), ${body.length} characters given.`,
      {
        cause: error,
      },
    )
  }
}

function checkColumns(artifact: Artifact, where: string): void {
  const seen = new Set<string>()
  for (const [i, column] of artifact.columns.entries()) {
    if (seen.has(column.name))
      throw invalid(where, `columns.${i}.name`, `"${column.name}" stands twice; names of columns are unique`)
    seen.add(column.name)
  }
}

function checkCalibration({ calibration, intervals }: Artifact, where: string): void {
  if (calibration?.kind === 'beta' && calibration.a + calibration.b === 0)
    throw invalid(where, 'calibration', 'a or b must be above 0, given 0 and 0')
  if (calibration?.kind === 'isotonic') {
    const { knots, values } = calibration
    checkLength(values, knots.length, 'a knot', `calibration.values`, where)
    checkRises(knots, 'strictly', 'calibration.knots', where)
    checkRises(values, 'or stays', 'calibration.values', where)
  }
  if (intervals === undefined) return
  const { from, low, high } = intervals
  checkLength(low, from.length + 1, 'a step', 'intervals.low', where)
  checkLength(high, from.length + 1, 'a step', 'intervals.high', where)
  checkRises(from, 'strictly', 'intervals.from', where)
  checkRises(low, 'or stays', 'intervals.low', where)
  checkRises(high, 'or stays', 'intervals.high', where)
  const turned = low.findIndex((value, step) => value > high[step]!)
  if (turned >= 0)
    throw invalid(where, `intervals.low.${turned}`, `at most ${high[turned]}, given ${low[turned]}`)
}

function checkLength(
  values: readonly number[],
  allowed: number,
  each: string,
  field: string,
  where: string,
): void {
  if (values.length !== allowed)
    throw invalid(where, field, `one ${each}: ${allowed}, given ${values.length}`)
}

function checkRises(
  values: readonly number[],
  how: 'strictly' | 'or stays',
  field: string,
  where: string,
): void {
  const wrong = values.findIndex((value, k) => {
    const before = values[k - 1]
    return before !== undefined && (how === 'strictly' ? !(value > before) : !(value >= before))
  })
  if (wrong < 0) return
  const rule = how === 'strictly' ? 'must rise' : 'must not fall'
  throw invalid(where, field, `${rule}, given ${values[wrong - 1]} and then ${values[wrong]}`)
}

function checkTerms(artifact: LogisticArtifact, where: string): void {
  if (artifact.terms.length !== artifact.columns.length)
    throw invalid(
      where,
      'terms',
      `one term a column: ${artifact.columns.length}, given ${artifact.terms.length}`,
    )
  for (const [i, term] of artifact.terms.entries()) {
    const column = artifact.columns[i]!
    if ((term.kind === 'category') !== (column.kind === 'category'))
      throw invalid(
        where,
        `terms.${i}.kind`,
        `"${term.kind}" does not fit the ${column.kind} column "${column.name}"`,
      )
    if (term.kind === 'category' && column.kind === 'category') {
      const [given, allowed] = [term.contributions.length, column.categories.length]
      if (given !== allowed)
        throw invalid(
          where,
          `terms.${i}.contributions`,
          `one a category of "${column.name}": ${allowed}, given ${given}`,
        )
    }
    if (term.kind === 'curve') {
      checkLength(term.values, term.knots.length, 'a knot', `terms.${i}.values`, where)
      checkRises(term.knots, 'strictly', `terms.${i}.knots`, where)
    }
  }
}

function checkRules(artifact: RubricArtifact, where: string): void {
  for (const [i, { each, points, and = [], ...rule }] of artifact.rules.entries()) {
    const field = `rules.${i}`
    checkCondition(artifact, rule, each === undefined ? 1 : 0, field, where)
    if (each !== undefined) {
      const column = artifact.columns.find(({ name }) => name === rule.column)!
      if (column.kind !== 'number')
        throw invalid(where, field, `each is for number columns; "${column.name}" is a ${column.kind}`)
      if (each * points < 0)
        throw invalid(where, field, `each and points must have the same sign, given ${each} and ${points}`)
    }
    for (const [k, condition] of and.entries())
      checkCondition(artifact, condition, 1, `${field}.and.${k}`, where)
  }
}

/** @param asked How many of at_least, at_most and one_of there must be. */
function checkCondition(
  artifact: RubricArtifact,
  condition: NonNullable<RubricArtifact['rules'][number]['and']>[number],
  asked: 0 | 1,
  field: string,
  where: string,
): void {
  const column = artifact.columns.find((candidate) => candidate.name === condition.column)
  if (!column) throw invalid(where, `${field}.column`, `there is no column "${condition.column}"`)
  const given = [condition.at_least, condition.at_most, condition.one_of].filter(
    (one) => one !== undefined,
  ).length
  if (given !== asked)
    throw invalid(
      where,
      field,
      asked === 0
        ? `each stands for itself, without at_least, at_most and one_of, given ${given}`
        : `exactly one of at_least, at_most and one_of, given ${given}`,
    )
  if (asked === 1 && (condition.one_of !== undefined) !== (column.kind === 'category'))
    throw invalid(
      where,
      field,
      `one_of is for category columns, at_least and at_most for others; "${column.name}" is a ${column.kind}`,
    )
}

function invalid(where: string, field: string, message: string): WonlostError {
  return new WonlostError('artifact_invalid', `${where}: ${field}: ${message}.`, { field })
}
