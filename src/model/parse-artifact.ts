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
      if (term.knots.length !== term.values.length)
        throw invalid(
          where,
          `terms.${i}.values`,
          `one a knot: ${term.knots.length}, given ${term.values.length}`,
        )
      if (term.knots.some((knot, k) => k > 0 && !(knot > term.knots[k - 1]!)))
        throw invalid(where, `terms.${i}.knots`, `must rise, given ${term.knots.join(', ')}`)
    }
  }
}

function checkRules(artifact: RubricArtifact, where: string): void {
  for (const [i, rule] of artifact.rules.entries()) {
    const field = `rules.${i}`
    const column = artifact.columns.find((candidate) => candidate.name === rule.column)
    if (!column) throw invalid(where, `${field}.column`, `there is no column "${rule.column}"`)
    const conditions = [rule.at_least, rule.at_most, rule.one_of].filter(
      (given) => given !== undefined,
    ).length
    if (conditions !== 1)
      throw invalid(where, field, `exactly one of at_least, at_most and one_of, given ${conditions}`)
    if ((rule.one_of !== undefined) !== (column.kind === 'category'))
      throw invalid(
        where,
        field,
        `one_of is for category columns, at_least and at_most for others; "${column.name}" is a ${column.kind}`,
      )
  }
}

function invalid(where: string, field: string, message: string): WonlostError {
  return new WonlostError('artifact_invalid', `${where}: ${field}: ${message}.`, { field })
}
