/** docs/statistics.md: what was promised, what was measured, seed by seed. */
import type { Machine } from '../bench/machine.ts'
import type { SeedResult } from './seed-result.ts'
import { TARGETS, type Target } from './targets.ts'

const HEAD = `# Checks over many seeds

Written by \`npm run check:statistics\`. For each seed a sales history is simulated, whose truth is known: how likely each lead was
to win, how fast each kind of event fades, whether anything changed. Models are trained on it, and the truth judges them.`

export function statisticsPage(
  results: readonly SeedResult[],
  { machine, leads, date }: { readonly machine: Machine; readonly leads: number; readonly date: string },
): string {
  const seconds = results.reduce((sum, result) => sum + result.seconds, 0)
  return [
    HEAD,
    `${date}, ${results.length} seeds of ${leads.toLocaleString('en')} leads, ${Math.round(seconds / 60)} minutes of work. Wonlost${machine.commit ? ` at ${machine.commit}` : ''}, Node.js ${machine.node}.`,
    '## What is promised',
    targetTable(results),
    '## Seed by seed',
    seedTable(results),
    '',
  ].join('\n\n')
}

export function targetsMissed(results: readonly SeedResult[]): Target[] {
  return TARGETS.filter(({ measured, isMet }) => !isMet(measured(results), results.length))
}

function targetTable(results: readonly SeedResult[]): string {
  return table(
    ['promised', 'wanted', 'measured', ''],
    TARGETS.map(({ what, wanted, measured, isMet, unit }) => {
      const value = measured(results)
      return [
        what,
        wanted,
        figure(value, unit, results.length),
        isMet(value, results.length) ? 'met' : '**missed**',
      ]
    }),
  )
}

function figure(value: number, unit: Target['unit'], seeds: number): string {
  if (Number.isNaN(value)) return 'nothing to measure'
  if (unit === 'share') return `${(100 * value).toFixed(1)} %`
  return unit === 'AUC' ? value.toFixed(4) : `${value} of ${seeds}`
}

function seedTable(results: readonly SeedResult[]): string {
  const yes = (told: boolean): string => (told ? 'drift' : 'none')
  return table(
    [
      'seed',
      'learner',
      'AUC truth',
      'AUC model',
      'gap',
      'half-lives learned, covered',
      'strongest three, errors',
      'log loss learned / 30 d',
      'ECE / allowed',
      'bins covered',
      'monitor still / changed',
      's',
    ],
    results.map((result) => [
      String(result.seed),
      result.learner,
      result.auc.truth.toFixed(3),
      result.auc.model.toFixed(3),
      (result.auc.truth - result.auc.model).toFixed(4),
      `${result.half_lives.learned}, ${result.half_lives.covered}`,
      result.half_lives.strongest_errors.map((error) => `${Math.round(100 * error)} %`).join(', '),
      `${result.log_loss.learned.toFixed(4)} / ${result.log_loss.fixed.toFixed(4)}`,
      `${result.ece.model.toFixed(4)} / ${result.ece.truth_p95.toFixed(4)}`,
      `${result.intervals.covering} of ${result.intervals.bins}`,
      `${yes(result.monitor.still)} / ${yes(result.monitor.changed)}`,
      String(Math.round(result.seconds)),
    ]),
  )
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')
}
