/** A section as Markdown. */
import type { Machine } from './machine.ts'
import type { Measured, Part, Section, Table, Target } from './part.ts'
import { pairedRatio, spreadOf } from './spread.ts'

/** When and on what a section was measured. */
export interface Circumstances {
  /** `2026-11-22`. */
  readonly date: string
  readonly quick: boolean
  readonly repeats: number
  readonly machine: Machine
  /** Of the peers: `lightgbm 4.7.0`. */
  readonly versions: readonly string[]
}

/** From this load on somebody else was at work, and what was measured is worth less. */
const BUSY_LOAD = 0.5

export function sectionMarkdown(
  { title }: Pick<Part, 'title'>,
  section: Section,
  circumstances: Circumstances,
): string {
  return [
    `## ${title}`,
    circumstancesLine(circumstances),
    ...section.text,
    ...(section.targets.length > 0 ? [targetTable(section.targets)] : []),
    ...section.tables.map(tableMarkdown),
  ].join('\n\n')
}

function circumstancesLine({ date, quick, repeats, machine, versions }: Circumstances): string {
  const { processor, cores, memoryGigabytes, system, load, node, commit } = machine
  const lines = [
    `${date}${quick ? ', small sizes (--quick)' : ''}: median of ${repeats} rounds [least - greatest].`,
    `${processor}, ${cores} cores, ${memoryGigabytes} GB, ${system}; load before the start ${load.toFixed(2)}${load < BUSY_LOAD ? '' : ' (**busy**: do not rely on these figures)'}.`,
    `Wonlost${commit ? ` at ${commit}` : ''}, Node.js ${[node, ...(versions.length > 0 ? [versions.join(', ')] : [])].join('; ')}.`,
  ]
  return lines.join('\n')
}

function targetTable(targets: readonly Target[]): string {
  const rows = targets.map((target) => {
    const wanted = 'atMost' in target ? `<= ${target.atMost}` : `>= ${target.atLeast}`
    return `| ${target.what} | ${wanted} | ${figure(target.measured)} | ${verdict(target)} |`
  })
  return ['| target | wanted | measured | |', '| --- | --- | --- | --- |', ...rows].join('\n')
}

/** `met`, or `missed by 12 %` of what is wanted. */
function verdict(target: Target): string {
  const wanted = 'atMost' in target ? target.atMost : target.atLeast
  const over = 'atMost' in target ? target.measured - wanted : wanted - target.measured
  // NaN is missed too.
  if (over <= 0) return 'met'
  return `**missed** by ${figure((100 * over) / Math.abs(wanted))} %`
}

function tableMarkdown({ title, unit, better, rows }: Table): string {
  const hasChecks = rows.some(({ check }) => check !== '')
  const names = ['case', 'who', unit, 'Wonlost / this', ...(hasChecks ? ['check'] : [])]
  return [
    `### ${title}`,
    '',
    `${better === 'less' ? 'Less' : 'More'} is better.`,
    '',
    line(names),
    line(names.map(() => '---')),
    ...rows.map((row) => {
      const cells = [row.case, row.who, spreadText(row), ratioText(row, rows)]
      return line(hasChecks ? [...cells, row.check] : cells)
    }),
  ].join('\n')
}

function line(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`
}

function spreadText({ samples }: Measured): string {
  const { median, least, greatest } = spreadOf(samples)
  return samples.length === 1 ? figure(median) : `${figure(median)} [${figure(least)} - ${figure(greatest)}]`
}

/** Against ours of the same case. */
function ratioText(row: Measured, rows: readonly Measured[]): string {
  const ours = rows.find((other) => other.ours && other.case === row.case)
  return row.ours || !ours ? '' : pairedRatio(ours.samples, row.samples).toFixed(2)
}

/** Three significant digits; thousands separated. */
function figure(value: number): string {
  if (!Number.isFinite(value)) return String(value)
  const digits = value === 0 ? 0 : Math.max(0, 2 - Math.floor(Math.log10(Math.abs(value))))
  if (digits > 6) return value.toExponential(1)
  return value.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits })
}
