import { Group } from '@mantine/core'
import { IntervalBar } from '../../components/interval-bar.tsx'
import { type Metrics, withInterval } from './quality.ts'

interface Props {
  readonly metrics: Metrics | null
  /** Whose it is, where the rows of a table are not versions. */
  readonly version?: string | null
  readonly tone?: 'strong' | 'quiet'
}

/** AUC with its 95 % interval, on a scale from a half, which is chance, to one. */
export function AucCell({ metrics, version, tone = 'strong' }: Props) {
  if (metrics === null || metrics.auc === null) return <span>not measured</span>
  return (
    <Group gap="sm" wrap="nowrap">
      <IntervalBar
        value={metrics.auc}
        interval={metrics.auc_interval}
        from={0.4}
        to={1}
        mark={0.5}
        tone={tone}
      />
      <span>
        {withInterval(metrics.auc, metrics.auc_interval)}
        {version != null && `, version ${version}`}
      </span>
    </Group>
  )
}
