import { type ReactNode, useEffect, useRef } from 'react'
import type { Chart, ChartDocument } from '../../../src/charts/chart.ts'
import classes from './chart-frame.module.css'
import { PlotFrame } from './plot-frame.tsx'

interface Props {
  readonly title: string
  /** How it is read. */
  readonly hint?: ReactNode
  /** Kept from one rendering to the next (`useCallback`): the chart is drawn again with another one. */
  readonly draw: (document: ChartDocument) => Chart
  /** The same as a table, for whoever does not see it or wants the figures. */
  readonly figures: ReactNode
}

/** A chart of src/charts, with its figures to open below it. */
export function ChartFrame({ title, hint, draw, figures }: Props) {
  const place = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const chart = draw(document)
    // The library names its groups, which are none that a name may stand on; the whole has one.
    for (const group of chart.querySelectorAll('g[aria-label]')) group.removeAttribute('aria-label')
    place.current?.replaceChildren(chart)
  }, [draw])
  return (
    <PlotFrame title={title} hint={hint}>
      <div ref={place} className={classes['chart']} />
      <details className={classes['figures']}>
        <summary>Its figures as a table</summary>
        {figures}
      </details>
    </PlotFrame>
  )
}
