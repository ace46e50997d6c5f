/** Proposed bands for the terminal: the bands of now, then each proposal, as tables of what they mean. */
import { countText, numberText } from '../../src/features/wording.ts'
import { indent, percent } from '../report/figures.ts'
import { textTable } from '../report/text-table.ts'
import type { BandConsequence, LastWins } from './consequences.ts'
import type { BandProposal, BandsReport } from './suggest-bands.ts'
import type { BandTarget } from './top-line.ts'

export function suggestionLines(report: BandsReport): string[] {
  const { segments_apart: apart } = report
  const { model, weeks, rows, rows_from: from, one_in: oneIn, in_force: now, proposals } = report
  const sample = oneIn === 1 ? '' : `, of one lead in ${oneIn}`
  return [
    `${model.name}${model.version === '0' ? '' : ` version ${model.version}`} (${model.basis}) as of ${report.as_of}.`,
    `Leads a week: of a replay of the ${weeks} weeks before${sample}. Conversion: of ${numberText(rows)} landmarks since ${from.slice(0, 10)} of accounts that it has not learned from.`,
    ...(apart.length > 0
      ? [`Bands of segments stay as they are, and their leads where those say: ${apart.join(', ')}.`]
      : []),
    ...section('The bands in force', now.bands, now.last_wins),
    ...proposals.flatMap((proposal) => [
      ...section(titleOf(proposal), proposal.bands, proposal.last_wins),
      ...(proposal.is_slack
        ? ['  The target allows a lower line; it is not lowered into the lowest band of now.']
        : []),
      ...(proposal.conversion_falls
        ? ['  Conversion falls from a band to the one above: there is no choice of lines that avoids it.']
        : []),
      '',
      ...indent(proposal.yaml.split('\n')),
    ]),
  ]
}

function titleOf({ target, line }: BandProposal): string {
  return `${targetText(target)}: the highest band begins at ${line}`
}

function targetText(target: BandTarget): string {
  switch (target.by) {
    case 'capacity':
      return `For at most ${target.leadsPerWeek} leads a week`
    case 'precision':
      return `For a conversion of at least ${percent(target.conversion)}`
    case 'wins':
      return `So that at least ${percent(target.share)} of past wins clear it`
  }
}

function section(title: string, bands: readonly BandConsequence[], wins: LastWins): string[] {
  const head = [
    '',
    '',
    'leads a week',
    'stand there',
    'conversion',
    '',
    'of past wins',
    'answers a day',
    'waiting',
  ]
  const rows = bands
    .toReversed()
    .map((band) => [
      band.band,
      `${band.from}-${band.to}`,
      band.leads_per_week.toFixed(1),
      numberText(Math.round(band.standing)),
      band.conversion === null ? '-' : percent(band.conversion),
      band.conversion_interval === null
        ? ''
        : `(${percent(band.conversion_interval[0])} to ${percent(band.conversion_interval[1])}, ${numberText(band.rows)} rows)`,
      band.share_of_wins === null ? '-' : percent(band.share_of_wins),
      band.responses_per_working_day === null ? '' : band.responses_per_working_day.toFixed(1),
      band.waiting === null ? '' : band.waiting.toFixed(1),
    ])
  return [
    '',
    title,
    ...indent(
      textTable(
        [head, ...rows],
        ['left', 'left', 'right', 'right', 'right', 'left', 'right', 'right', 'right'],
      ),
    ),
    `  ${winsText(wins)}`,
  ]
}

function winsText({ deals, cleared, unlearned, unlearned_cleared, is_enough }: LastWins): string {
  if (deals === 0) return 'No deal was won yet whose contacts had a score.'
  const told = `Of the last ${countText(deals, 'won deal')}, ${cleared} stood in the highest band when the deal was opened; of the ${unlearned} of them that no model has learned from, ${unlearned_cleared}.`
  return is_enough ? told : `${told} That is few: 30 to 50 would say more.`
}
