import { IntervalBar } from '../../components/interval-bar.tsx'
import { IntervalFigure } from '../../components/interval-figure.tsx'
import type { Metrics } from './quality.ts'

interface Props {
  readonly metrics: Metrics | null
  /** Whose it is, where the rows of a table are not versions. */
  readonly version?: string | null
  readonly tone?: 'strong' | 'quiet'
}

/** Below a half is worse than chance. */
const FROM = 0.4
const CHANCE = 0.5

/** AUC with its 95 % interval, on a scale up to one on which chance is marked. */
export function AucCell({ metrics, version, tone = 'strong' }: Props) {
  if (metrics === null || metrics.auc === null) return <span>not measured</span>
  return (
    <>
      <IntervalFigure value={metrics.auc} interval={metrics.auc_interval}>
        {version == null ? null : ` (version ${version})`}
      </IntervalFigure>
      <IntervalBar
        value={metrics.auc}
        interval={metrics.auc_interval}
        from={FROM}
        to={1}
        mark={CHANCE}
        tone={tone}
      />
    </>
  )
}
