import { Title } from '@mantine/core'
import { type ReactNode, useEffect, useRef } from 'react'
import type { Chart, ChartDocument } from '../../../src/charts/chart.ts'
import classes from './chart-frame.module.css'

interface Props {
  readonly title: string
  /** Kept from one rendering to the next (`useCallback`): the chart is drawn again with another one. */
  readonly draw: (document: ChartDocument) => Chart
  /** The same as a table, for whoever does not see it or wants the figures. */
  readonly figures: ReactNode
  /** A sentence on how to read it. */
  readonly children?: ReactNode
}

/** A chart of src/charts, with its figures as text. */
export function ChartFrame({ title, draw, figures, children }: Props) {
  const place = useRef<HTMLDivElement>(null)
  useEffect(() => {
    place.current?.replaceChildren(draw(document))
  }, [draw])
  return (
    <figure className={classes['frame']}>
      <figcaption>
        <Title order={3} size="h5">
          {title}
        </Title>
        {children && <p className={classes['about']}>{children}</p>}
      </figcaption>
      <div ref={place} className={classes['chart']} />
      <details className={classes['figures']}>
        <summary>Its figures as a table</summary>
        {figures}
      </details>
    </figure>
  )
}
