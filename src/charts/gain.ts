import type { Chart, ChartDocument } from './chart.ts'
import type { ComparedCurve } from './compared-lines.ts'
import { shareSquare } from './share-square.ts'

/** Cumulative gain: points are the share of all rows, highest score first, then the share of those that reached the target. */
export function gainChart(document: ChartDocument, curves: readonly ComparedCurve[]): Chart {
  const text = {
    title: 'Cumulative gain',
    description:
      'Share of those that reached the target found among the highest scored, by how many are called. The diagonal is calling at random.',
  }
  const axes = { x: 'called, highest score first', y: 'found, of those that reached the target' }
  return shareSquare(document, text, curves, { ...axes, height: 330, step: 0.08 })
}
