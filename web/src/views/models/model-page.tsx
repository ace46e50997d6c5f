import { Button, NativeSelect } from '@mantine/core'
import { IconArrowBackUp, IconRosetteDiscountCheck } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Link } from 'wouter'
import { useSession } from '../../api/session.ts'
import { EmptyState } from '../../components/empty-state.tsx'
import { ErrorState } from '../../components/error-state.tsx'
import { KeyFigure, KeyFigures } from '../../components/key-figure.tsx'
import { LoadingState } from '../../components/loading-state.tsx'
import { Moment } from '../../components/moment.tsx'
import { useAddress } from '../../components/use-address.ts'
import { usePathId } from '../../components/use-path-id.ts'
import { ViewHeader } from '../../components/view-header.tsx'
import { ViewTabs } from '../../components/view-tabs.tsx'
import { figureText, wholeText } from '../../format/numbers.ts'
import { shownText } from '../../format/shown-text.ts'
import { ChampionNews } from './champion-news.tsx'
import { ComparePanel } from './compare-panel.tsx'
import { DriftPanel } from './drift-panel.tsx'
import { DriftTag } from './drift-tag.tsx'
import { HalfLivesPanel } from './half-lives-panel.tsx'
import { HistoryPanel } from './history-panel.tsx'
import { PromoteDialog } from './promote-dialog.tsx'
import { mainEvaluation } from './quality.ts'
import { QualityPanel } from './quality-panel.tsx'
import { RollBackDialog } from './roll-back-dialog.tsx'
import { championKey, firstVersion, type SegmentModel, segmentModels, servingText } from './segment-model.ts'
import { figuresOptions, monitorOptions, useHistory, useModels } from './use-models.ts'
import { VersionsPanel } from './versions-panel.tsx'

/** One model: its versions, what answers, and why. */
export default function ModelPage() {
  const name = usePathId()
  const [segment, setSegment] = useAddress('segment')
  const models = useModels()
  const known = models.data?.models.filter((model) => model.name === name).flatMap(segmentModels)
  const model = known?.find((one) => one.segment === segment)
  return (
    <>
      <ViewHeader title={shownText(name, 60)}>
        {known && known.length > 1 && (
          <NativeSelect
            aria-label="Segment"
            size="xs"
            data={known.map((one) => ({ value: one.segment ?? '', label: one.segment ?? 'for everyone' }))}
            value={segment ?? ''}
            onChange={({ currentTarget: { value } }) => setSegment(value === '' ? null : value)}
          />
        )}
        {model && <ChampionButtons model={model} />}
      </ViewHeader>
      {models.isPending && <LoadingState what="the model" />}
      {models.isError && !models.data && (
        <ErrorState error={models.error} retry={() => void models.refetch()} />
      )}
      {models.data && !model && (
        <EmptyState title="There is no such model" action={<Link href="/models">All models</Link>}>
          Nobody has defined or trained one under this name and segment.
        </EmptyState>
      )}
      {model && <KnownModel key={`${name} ${segment}`} model={model} />}
    </>
  )
}

function KnownModel({ model }: { readonly model: SegmentModel }) {
  const [asked] = useAddress('version')
  const version = model.versions.some((one) => one.version === asked) ? asked : firstVersion(model)
  return (
    <>
      <ChampionNews model={model} />
      <Summary model={model} />
      <ViewTabs
        label="Parts of the model"
        tabs={[
          {
            id: 'versions',
            name: 'Versions',
            content: () => <VersionsPanel model={model} selected={version} />,
          },
          { id: 'quality', name: 'Quality', content: () => <QualityPanel model={model} version={version} /> },
          {
            id: 'half-lives',
            name: 'Half-lives',
            content: () => <HalfLivesPanel model={model} version={version} />,
          },
          { id: 'drift', name: 'Drift', content: () => <DriftPanel model={model} /> },
          { id: 'compare', name: 'Compare', content: () => <ComparePanel model={model} /> },
          { id: 'history', name: 'History', content: () => <HistoryPanel model={model} /> },
        ]}
      />
    </>
  )
}

function Summary({ model }: { readonly model: SegmentModel }) {
  const { name, segment, champion, challenger } = model
  const version = firstVersion(model)
  const figures = useQuery({ ...figuresOptions(name, segment, version ?? ''), enabled: version !== null })
  const runs = useQuery(monitorOptions(name))
  const history = useHistory(name, segment, championKey(model))
  const run = runs.data?.runs.find((one) => one.segment === segment)
  const metrics = mainEvaluation(figures.data)?.metrics ?? null
  const since = history.data?.changes.find(({ alias }) => alias === 'champion')
  return (
    <KeyFigures>
      <KeyFigure
        label="Answers now"
        value={
          model.serving?.version === '0' || !model.serving ? 'no version' : `version ${model.serving.version}`
        }
        note={
          <>
            {model.serving?.basis ?? servingText(model)}
            {champion && since && (
              <>
                , since <Moment at={since.changed_at} />
              </>
            )}
          </>
        }
      />
      <KeyFigure
        label="Challenger"
        value={challenger ? `version ${challenger.version}` : 'none'}
        note={challenger ? challenger.kind : 'nothing waits to be promoted'}
      />
      {metrics !== null && (
        <>
          <KeyFigure
            label={`AUC of version ${version}`}
            value={metrics.auc === null ? 'not defined' : figureText(metrics.auc)}
            note={
              metrics.auc_interval
                ? `${figureText(metrics.auc_interval[0])} to ${figureText(metrics.auc_interval[1])}, on ${wholeText(metrics.rows)} later rows`
                : `on ${wholeText(metrics.rows)} later rows`
            }
          />
          <KeyFigure
            label="Calibration error"
            value={metrics.ece === null ? 'not defined' : figureText(metrics.ece)}
            note={
              metrics.ece_interval
                ? `${figureText(metrics.ece_interval[0])} to ${figureText(metrics.ece_interval[1])}`
                : undefined
            }
          />
        </>
      )}
      <KeyFigure
        label="Monitor"
        value={<DriftTag run={run} />}
        note={run ? <Moment at={run.created_at} /> : 'wonlost monitor, or every day by serve'}
      />
    </KeyFigures>
  )
}

/** For keys that may; others see who may. */
function ChampionButtons({ model }: { readonly model: SegmentModel }) {
  const session = useSession()
  const [open, setOpen] = useState<'promote' | 'roll back' | null>(null)
  const [version, setVersion] = useAddress('promote')
  const isAllowed = session.data?.scopes.includes('admin') ?? false
  const close = (): void => {
    setOpen(null)
    setVersion(null)
  }
  const title = isAllowed ? undefined : 'Your key may not: it takes the scope admin.'
  return (
    <>
      <Button
        size="xs"
        leftSection={<IconRosetteDiscountCheck size={16} aria-hidden="true" />}
        disabled={!isAllowed || !model.versions.some(({ version }) => version !== model.serving?.version)}
        title={title}
        onClick={() => setOpen('promote')}
      >
        Promote
      </Button>
      <Button
        size="xs"
        variant="default"
        leftSection={<IconArrowBackUp size={16} aria-hidden="true" />}
        disabled={!isAllowed || model.champion === null}
        title={title}
        onClick={() => setOpen('roll back')}
      >
        Roll back
      </Button>
      {isAllowed && (open === 'promote' || version !== null) && (
        <PromoteDialog model={model} asked={version} onClose={close} />
      )}
      {isAllowed && open === 'roll back' && <RollBackDialog model={model} onClose={close} />}
    </>
  )
}
