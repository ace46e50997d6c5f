/** Columns and pairs of a report, as people name them on the command line. */
import { suggestion } from '../../src/checked-yaml.ts'
import { WonlostError } from '../../src/errors.ts'
import type { EffectsReport, InteractionReport, PartialDependenceReport } from './effects-report.ts'

/**
 * The column of that name; or else all columns of that feature (`pricing_page_viewed` of `pricing_page_viewed.decayed`), or of
 * that group; most important first. Throws `usage` naming what the report holds.
 */
export function findColumns(effects: EffectsReport, given: string): PartialDependenceReport[] {
  const { by_column: importances, partial_dependence: dependences } = effects
  const named =
    [
      importances.filter(({ column }) => column === given),
      importances.filter(({ column }) => column.startsWith(`${given}.`)),
      importances.filter(({ group }) => group === given),
    ].find((matches) => matches.length > 0) ?? []
  const names = new Set(named.map(({ column }) => column))
  const found = dependences.filter(({ column }) => names.has(column))
  if (found.length > 0) return found
  const held = dependences.map(({ column }) => column)
  const slight = named[0]
  const near = [...held, ...effects.by_group.map(({ group }) => group)]
  const why = slight
    ? `${slight.column} moves the answer by ${slight.mean_absolute_points.toFixed(2)} points on average: too little for the report to tell how`
    : `There is no ${JSON.stringify(given)} in the report${suggestion(given, near)}`
  throw new WonlostError('usage', `${why}. Allowed, with their groups: ${held.join(', ')}.`)
}

/** The pairs of these two, strongest first; each may be a feature or a group as well. Throws `usage` likewise. */
export function findPairs(effects: EffectsReport, given: readonly string[]): InteractionReport[] {
  const [first, second, ...others] = given
  if (first === undefined || second === undefined || others.length > 0)
    throw new WonlostError('usage', `A pair is two names with a comma between. Given: ${given.length}.`)
  if (effects.rows.interactions === null)
    throw new WonlostError(
      'usage',
      'Logistic regression adds up what each column says by itself: there are no pairs. Ask for each with --feature.',
    )
  const [left, right] = [first, second].map(
    (name) => new Set(findColumns(effects, name).map(({ column }) => column)),
  )
  const found = effects.interactions.filter(
    ({ columns: [a, b] }) => (left!.has(a) && right!.has(b)) || (left!.has(b) && right!.has(a)),
  )
  if (found.length > 0) return found
  const held = effects.interactions.map(({ columns }) => columns.join(',')).join(' ')
  throw new WonlostError(
    'usage',
    `${first} and ${second} are not among the pairs of the report, the strongest ones. Allowed: ${held || 'none'}`,
  )
}
