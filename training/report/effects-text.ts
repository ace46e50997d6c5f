/** What a model goes by, and how, for the terminal: of trained models and of tables alike. */
import { valueText } from './effect-value-text.ts'
import type {
  EffectsReport,
  ImportanceReport,
  InteractionReport,
  PartialDependenceReport,
} from './effects-report.ts'
import { indent, percent } from './figures.ts'
import { bar, skyline } from './pictures.ts'
import { type Alignment, textTable } from './text-table.ts'

/** Shown; the report holds more. */
const SHOWN = { groups: 10, columns: 10, pairs: 5 } as const
const BAR_WIDTH = 20

export function effectsLines(effects: EffectsReport): string[] {
  const { by_group: groups, by_column: columns, interactions } = effects
  if (columns.length === 0) return ['It goes by nothing: every row gets the same answer.']
  // Where each column is a group by itself, the second table says all of it.
  const isGrouped = groups.length < columns.length
  const hasPairs = interactions.length > 0
  return [
    ...(isGrouped
      ? [
          'What it goes by: points that it moves the answer by on average, up or down',
          ...indent(groupLines(effects)),
          '',
        ]
      : []),
    'Column by column: the mean probability if every row had the value, from the lowest value to the highest',
    ...indent(columnLines(effects)),
    ...(hasPairs
      ? [
          '',
          'Judged together: points that two columns add on average beside what each adds by itself',
          ...indent(pairLines(interactions.slice(0, SHOWN.pairs))),
        ]
      : []),
  ]
}

function groupLines({ by_group: groups }: EffectsReport): string[] {
  const most = groups[0]?.mean_absolute_points ?? 0
  const rows = groups
    .slice(0, SHOWN.groups)
    .map((group) => [
      group.group,
      ...importanceCells(group),
      bar(group.mean_absolute_points, most, BAR_WIDTH),
    ])
  return importanceTable(groups, [], rows, ['left'])
}

function columnLines({ by_column: importances, partial_dependence: dependences }: EffectsReport): string[] {
  const rows = dependences
    .slice(0, SHOWN.columns)
    .map((dependence, i) => [
      dependence.column,
      ...importanceCells(importances[i]!),
      ...pictureCells(dependence),
    ])
  return importanceTable(importances, ['from', '', 'to', 'probability', 'missing'], rows, [
    'right',
    'left',
    'left',
    'left',
    'right',
  ])
}

/** Rows of name, importance and other cells; `header` and `alignments` are of the others. */
function importanceTable(
  importances: readonly ImportanceReport[],
  header: readonly string[],
  rows: readonly (readonly string[])[],
  alignments: readonly Alignment[],
): string[] {
  const figures = importances[0]?.gain === null ? ['points'] : ['points', 'gain']
  return textTable(
    [['', ...figures, ...header], ...rows],
    ['left', ...figures.map(() => 'right' as const), ...alignments],
  )
}

function importanceCells({ mean_absolute_points: points, gain }: ImportanceReport): string[] {
  return [points.toFixed(2), ...(gain === null ? [] : [percent(gain)])]
}

/** Categories stand in order of what they say. */
function pictureCells({ kind, points }: PartialDependenceReport): string[] {
  const missing = points.find(({ value }) => value === null)
  const present = points.filter(({ value }) => value !== null)
  const shown = kind === 'category' ? present.toSorted((a, b) => a.probability - b.probability) : present
  const probabilities = shown.map(({ probability }) => probability)
  const [first, last] = [shown[0], shown.at(-1)]
  const missingCell = missing ? percent(missing.probability) : ''
  if (!first || !last) return ['', '', '', '', missingCell]
  const [low, high] = [Math.min(...probabilities), Math.max(...probabilities)]
  return [
    valueText(first.value, kind),
    skyline(probabilities, low, high),
    valueText(last.value, kind),
    `${percent(low)} to ${percent(high)}`,
    missingCell,
  ]
}

export function pairLines(pairs: readonly InteractionReport[]): string[] {
  const most = pairs[0]?.mean_absolute_points ?? 0
  const rows = pairs.map(({ columns: [a, b], mean_absolute_points: points }) => [
    `${a} and ${b}`,
    points.toFixed(2),
    bar(points, most, BAR_WIDTH),
  ])
  return textTable(rows, ['left', 'right', 'left'])
}
