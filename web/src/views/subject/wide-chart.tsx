import { useElementSize } from '@mantine/hooks'
import { type ReactNode, useEffect, useRef } from 'react'
import type { Chart, ChartDocument } from '../../../../src/charts/chart.ts'
import classes from './wide-chart.module.css'

interface Props {
  /** Draws it as wide as there is room. Another function draws it anew. */
  readonly draw: (document: ChartDocument, width: number) => Chart
  readonly height: number
  /** What it shows, for those who do not see it: a table, or a sentence. */
  readonly children: ReactNode
}

/** A chart of src/charts that is drawn as wide as there is room, so that its words keep their size. */
export function WideChart({ draw, height, children }: Props) {
  const { ref, width } = useElementSize()
  const place = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (width > 0) place.current?.replaceChildren(draw(document, Math.round(width)))
  }, [draw, width])
  return (
    <div ref={ref} className={classes['frame']}>
      <div ref={place} style={{ minHeight: height }} aria-hidden="true" />
      <div className={classes['equivalent']}>{children}</div>
    </div>
  )
}
