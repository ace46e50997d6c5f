/** How the model was made: learner, settings, search, time. */
import type { ChartDocument } from '../../../src/charts/chart.ts'
import { learningPathChart } from '../../../src/charts/learning-path.ts'
import { boostingSummary } from '../boosting-text.ts'
import type { TrainingReport } from '../model-report.ts'
import type { StageReport } from '../stages-report.ts'
import type { Markup } from './markup.ts'
import { capitalised, figure, figures, paragraph, type Section, sentence, table } from './parts.ts'

const NUMBERS = { curve: 'curves', linear: 'straight lines' } as const

export function makingSection(report: TrainingReport, document: ChartDocument): Section {
  const { learner_choice: choice, search, stages } = report
  return {
    id: 'making',
    title: 'How it was made',
    body: [
      paragraph(learnerText(report)),
      choice ? paragraph(sentence(choice.because)) : null,
      search ? paragraph(sentence(search.because)) : null,
      report.kind === 'logistic' && report.separated
        ? paragraph(
            'The columns tell the fit rows apart without one mistake: look for a column that knows the outcome.',
          )
        : null,
      figures([pathFigure(report, document)]),
      stages && stages.length > 0 ? stageTable(stages) : null,
    ],
  }
}

function learnerText(report: TrainingReport): string {
  if (report.kind === 'boosting') {
    return `${capitalised(boostingSummary(report))} on ${report.columns} columns: as many trees as did best on the validation part.`
  }
  return `Logistic regression on ${report.columns} columns, numbers as ${NUMBERS[report.numbers]}, penalty strength ${report.strength}: chosen on the validation part.`
}

function pathFigure(report: TrainingReport, document: ChartDocument): Markup | null {
  if (report.kind !== 'boosting' || report.path.length < 2) return null
  const path = report.path.map((point) => ({
    trees: point.trees,
    fit: point.fit_log_loss,
    validation: point.validation_log_loss,
  }))
  return figure(
    learningPathChart(document, path, report.trees),
    'Log loss by the number of trees',
    `Of the fit that chose ${report.trees} trees, at the dashed line.`,
  )
}

function stageTable(stages: readonly StageReport[]): Markup {
  const total = stages.reduce((sum, { seconds }) => sum + seconds, 0)
  return table(
    [{ title: 'stage' }, { title: 'seconds', isFigure: true }],
    [...stages.map(({ stage, seconds }) => [stage, seconds.toFixed(1)]), ['in all', total.toFixed(1)]],
    'Where the time went',
  )
}
