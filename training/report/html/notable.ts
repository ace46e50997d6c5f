/** Single rows of the test part: where it was best, and where it was most wrong. */
import type { ChartDocument } from '../../../src/charts/chart.ts'
import { waterfallChart } from '../../../src/charts/waterfall.ts'
import { countText } from '../../../src/features/wording.ts'
import { AVERAGE_POINTS, pointsOf } from '../../../src/model/link.ts'
import type { CurvesReport, NotableContribution, NotableKind, NotableRowReport } from '../curves-report.ts'
import { valueText } from '../effect-value-text.ts'
import { percent } from '../figures.ts'
import type { Markup } from './markup.ts'
import { figure, figures, paragraph, type Section } from './parts.ts'

const KINDS: Readonly<Record<NotableKind, string>> = {
  best: 'The best: rated highest, and it reached the target',
  worst: 'The worst: rated lowest, and it did not',
  missed: 'The most surprising success: rated lowest of those that reached the target',
  false_hope: 'The most surprising failure: rated highest of those that did not',
}

export function notableSection(curves: CurvesReport | undefined, document: ChartDocument): Section | null {
  if (!curves || curves.notable.length === 0) return null
  return {
    id: 'rows',
    title: 'Rows worth a look',
    body: [
      paragraph(
        'From the average row (50 points) to this one, group by group; the steps add up to the points of the row. 10 points double the odds.',
      ),
      figures(curves.notable.map((row) => rowFigure(row, document))),
    ],
  }
}

function rowFigure(row: NotableRowReport, document: ChartDocument): Markup {
  const { kind, lead_id: id, as_of: asOf, day, probability, raw_points: points, reached, loss } = row
  const who = id === null ? 'A lead whose id is a mail address' : `Lead ${id}`
  const title = KINDS[kind]
  return figure(
    waterfallChart(document, { title, start: AVERAGE_POINTS, steps: stepsOf(row) }),
    title,
    `${who}, ${asOf.slice(0, 10)}, ${day === 0 ? 'at entry' : `day ${Math.floor(day)}`}: ${percent(probability)}, ${points.toFixed(1)} points; ${reached ? 'reached' : 'not reached'}, loss ${loss.toFixed(2)}.`,
  )
}

function stepsOf({ contributions, other, calibration }: NotableRowReport) {
  return [
    ...contributions.map((contribution) => ({
      name: stepName(contribution),
      points: pointsOf(contribution.log_odds),
    })),
    ...(other.groups > 0
      ? [{ name: countText(other.groups, 'other group'), points: pointsOf(other.log_odds) }]
      : []),
    ...(calibration === 0 ? [] : [{ name: 'calibration', points: pointsOf(calibration) }]),
  ]
}

/** What stands in the one column, or how many columns speak together. */
function stepName({ group, columns, column, kind, value }: NotableContribution): string {
  return columns === 1 ? `${column} = ${valueText(value, kind)}` : `${group} (${columns} columns)`
}
