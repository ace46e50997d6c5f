import { Anchor, Button, Group, Text as MantineText, Stack, VisuallyHidden } from '@mantine/core'
import { IconExternalLink } from '@tabler/icons-react'
import { useQueries } from '@tanstack/react-query'
import { useState } from 'react'
import { useSession } from '../../api/session.ts'
import { DataTable } from '../../components/data-table.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { IntervalFigure } from '../../components/interval-figure.tsx'
import { Moment } from '../../components/moment.tsx'
import { Tag } from '../../components/tag.tsx'
import { Text } from '../../components/text.tsx'
import { useAddress } from '../../components/use-address.ts'
import { figureText, wholeText } from '../../format/numbers.ts'
import { AucCell } from './auc-cell.tsx'
import { GateTag } from './gate-tag.tsx'
import { mainEvaluation } from './quality.ts'
import { reportPath, type SegmentModel } from './segment-model.ts'
import { figuresOptions } from './use-models.ts'

interface Props {
  readonly model: SegmentModel
  /** Shown by the other parts. */
  readonly selected: string | null
}

const AT_ONCE = 12

/** Newest first, with what they were worth on rows later than what they learned from. */
export function VersionsPanel({ model, selected }: Props) {
  const { name, segment, versions } = model
  const [most, setMost] = useState(AT_ONCE)
  const [, setVersion] = useAddress('version')
  const [, setPromoted] = useAddress('promote')
  const isAllowed = useSession().data?.scopes.includes('admin') ?? false
  const shown = versions.slice(0, most)
  const figures = useQueries({
    queries: shown.map(({ version }) => figuresOptions(name, segment, version)),
  })
  if (versions.length === 0)
    return (
      <EmptyState title="Nothing was trained yet">
        The rubric answers meanwhile. To train: wonlost train {name}
      </EmptyState>
    )
  const rows = shown.map((version, index) => {
    const data = figures[index]?.data
    const metrics = mainEvaluation(data)?.metrics ?? null
    return { version, data, metrics, isLoading: figures[index]?.isPending ?? true }
  })
  return (
    <Stack gap="sm">
      <DataTable
        label="Versions"
        rows={rows}
        rowKey={({ version }) => version.version}
        isCurrent={({ version }) => version.version === selected}
        columns={[
          {
            id: 'version',
            head: 'Version',
            cell: ({ version: { version, alias, kind, created_at, created_by } }) => (
              <>
                <Group gap={6} wrap="nowrap">
                  <Button
                    size="compact-sm"
                    px={6}
                    variant="subtle"
                    aria-pressed={version === selected}
                    aria-label={`Show version ${version} in the other parts`}
                    onClick={() => setVersion(version)}
                  >
                    {version}
                  </Button>
                  {alias && <Tag tone={alias === 'champion' ? 'strong' : 'plain'}>{alias}</Tag>}
                  {alias === null && version === model.serving?.version && <Tag tone="good">answers</Tag>}
                </Group>
                <MantineText size="xs" c="dimmed" miw={150}>
                  {kind}, <Moment at={created_at} /> by <Text>{created_by}</Text>
                </MantineText>
              </>
            ),
          },
          {
            id: 'gate',
            head: 'Gate',
            cell: ({ data }) => (data?.gate ? <GateTag verdict={data.gate.verdict} /> : '–'),
          },
          {
            id: 'auc',
            head: 'AUC (95 %)',
            cell: ({ metrics, isLoading }) => (isLoading ? '…' : <AucCell metrics={metrics} />),
          },
          {
            id: 'loss',
            head: 'Log loss',
            isFigure: true,
            cell: ({ metrics }) => (metrics?.log_loss == null ? '–' : figureText(metrics.log_loss)),
          },
          {
            id: 'ece',
            head: 'Calibration error (95 %)',
            isFigure: true,
            cell: ({ metrics }) => (
              <IntervalFigure value={metrics?.ece ?? null} interval={metrics?.ece_interval} />
            ),
          },
          {
            id: 'rows',
            head: 'Learned from',
            cell: ({ data, version }) => (
              <>
                {data?.learned_from &&
                  `${wholeText(data.learned_from.rows)} rows, ${wholeText(data.learned_from.positives)} reached`}
                <MantineText size="xs" c="dimmed">
                  until <Moment at={version.cutoff} />
                </MantineText>
              </>
            ),
          },
          {
            id: 'do',
            head: 'Open',
            cell: ({ version: { version, alias }, data }) => (
              <Stack gap={4} align="start">
                {data?.has_page && (
                  <Anchor href={reportPath(name, segment, version)} target="_blank" size="sm">
                    Report <IconExternalLink size={13} aria-hidden="true" />
                    <VisuallyHidden> of version {version}, in a new tab</VisuallyHidden>
                  </Anchor>
                )}
                {isAllowed && alias !== 'champion' && version !== model.serving?.version && (
                  <Button
                    size="compact-xs"
                    variant="default"
                    aria-label={`Promote version ${version}`}
                    onClick={() => setPromoted(version)}
                  >
                    Promote
                  </Button>
                )}
              </Stack>
            ),
          },
        ]}
      />
      {versions.length > most && (
        <Button variant="default" size="xs" w="fit-content" onClick={() => setMost(most + AT_ONCE)}>
          Older versions: {wholeText(versions.length - most)}
        </Button>
      )}
      <MantineText size="sm" c="dimmed" maw={760}>
        Quality is measured on the most recent part of each version’s own time, from which it learned nothing.
        Figures of versions that knew until different days are of different leads: Compare puts two on the
        same ones.
      </MantineText>
    </Stack>
  )
}
