/** Answers to a question about one column, or one pair, out of a report: as numbers, and for the terminal. */
import { WonlostError } from '../../src/errors.ts'
import { columnPage, pairPage } from './effect-pages.ts'
import type { EffectsReport } from './effects-report.ts'
import { findColumns, findPairs } from './find-effect.ts'

/** Names of columns, features or groups; of a pair two. */
type Asked = { readonly feature: string } | { readonly pair: readonly string[] }

interface Answer {
  readonly numbers: Readonly<Record<string, unknown>>
  readonly lines: readonly string[]
}

/**
 * Out of the report, not computed afresh: what the figures beside it are of, the same on every day and without any data. `model`
 * is for messages. Throws `usage` for what the report does not hold.
 */
export function askEffects(effects: EffectsReport | undefined, asked: Asked, model: string): Answer {
  if (!effects)
    throw new WonlostError(
      'usage',
      `The report of ${model} does not say how its answer moves: only train keeps that, of models that it learns.`,
    )
  const { rows } = effects
  if ('pair' in asked) {
    const pairs = findPairs(effects, asked.pair)
    return { numbers: { rows, pairs }, lines: joinPages(pairs.map((pair) => pairPage(effects, pair))) }
  }
  const found = findColumns(effects, asked.feature)
  return {
    numbers: {
      rows,
      features: found.map((dependence) => ({
        ...effects.by_column.find(({ column }) => column === dependence.column),
        ...dependence,
        interactions: effects.interactions
          .filter(({ columns }) => columns.includes(dependence.column))
          .map(({ columns, mean_absolute_interaction, mean_absolute_points }) => ({
            columns,
            mean_absolute_interaction,
            mean_absolute_points,
          })),
      })),
    },
    lines: joinPages(found.map((dependence) => columnPage(effects, dependence))),
  }
}

function joinPages(pages: readonly (readonly string[])[]): string[] {
  return pages.flatMap((page, i) => (i === 0 ? page : ['', ...page]))
}
