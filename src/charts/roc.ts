import type { Chart, ChartDocument } from './chart.ts'
import type { ComparedCurve } from './compared-lines.ts'
import { shareSquare } from './share-square.ts'

/** Receiver operating characteristic: points are the share of the others, then of those that reached the target, above a threshold. */
export function rocChart(document: ChartDocument, curves: readonly ComparedCurve[]): Chart {
  const text = {
    title: 'ROC curve',
    description:
      'Share of those that reached the target found, by the share of the others found along with them. The diagonal is no order at all.',
  }
  const axes = { x: 'of those that did not reach the target', y: 'of those that did' }
  return shareSquare(document, text, curves, { ...axes, height: 380, step: 0.07 })
}
