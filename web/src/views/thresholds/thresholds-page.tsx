import { Button, Stack } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { answerOf, api } from '../../api/client.ts'
import { policyOptions } from '../../api/policy.ts'
import { bandsOf, type PolicyBand } from '../../api/policy-content.ts'
import { EmptyState } from '../../components/empty-state.tsx'
import { EngineNotice } from '../../components/engine-notice.tsx'
import { ErrorState } from '../../components/error-state.tsx'
import { KeyFigure, KeyFigures } from '../../components/key-figure.tsx'
import { LoadingState } from '../../components/loading-state.tsx'
import { Moment } from '../../components/moment.tsx'
import { Notice } from '../../components/notice.tsx'
import { Panel } from '../../components/panel.tsx'
import { PlotFrame } from '../../components/plot-frame.tsx'
import { Proposal } from '../../components/proposal.tsx'
import { ViewHeader } from '../../components/view-header.tsx'
import { countText, percentText, wholeText } from '../../format/numbers.ts'
import { shownText } from '../../format/shown-text.ts'
import {
  bandSums,
  type Distribution,
  movedLeads,
  moveEdge,
  startsOf,
  sumOf,
  weeklyFrom,
} from './band-sums.ts'
import { BandsTable } from './bands-table.tsx'
import { Capacity } from './capacity.tsx'
import { DistributionPlot } from './distribution-plot.tsx'
import { ExactTrial } from './exact-trial.tsx'
import classes from './thresholds.module.css'
import { useChoice } from './use-choice.ts'

/** A policy that comes into force is shown within so many milliseconds. */
const LOOK_EVERY = 5_000

/** Where bands begin, and what it would mean if they began elsewhere. */
export default function ThresholdsPage() {
  const policy = useQuery({ ...policyOptions, refetchInterval: LOOK_EVERY })
  const distribution = useQuery({
    queryKey: ['score distribution'],
    queryFn: ({ signal }) => answerOf(api.GET('/v1/policy/distribution', { signal })),
    refetchInterval: 60_000,
  })
  const bands = bandsOf(policy.data?.content)
  const version = policy.data?.version ?? null
  const [opened, setOpened] = useState(version)
  if (opened === null && version !== null) setOpened(version)
  const counted = distribution.data?.policy_version
  const { refetch: readPolicy } = policy
  const { refetch: count } = distribution
  useEffect(() => {
    if (version === null || counted === undefined || counted === version) return
    void readPolicy()
    void count()
  }, [version, counted, readPolicy, count])
  const failed = [policy, distribution].find(({ isError, data }) => isError && !data)
  return (
    <>
      {failed ? (
        <>
          <ViewHeader title="Thresholds" />
          <ErrorState error={failed.error} retry={() => void failed.refetch()} />
        </>
      ) : policy.data && distribution.data ? (
        <Thresholds
          key={policy.data.version}
          bands={bands}
          isNewer={opened !== null && policy.data.version !== opened}
          source={policy.data.source}
          distribution={distribution.data}
        />
      ) : (
        <>
          <ViewHeader title="Thresholds" />
          <LoadingState what="how scores lie" />
        </>
      )}
    </>
  )
}

interface Props {
  readonly bands: readonly PolicyBand[]
  /** The policy came into force while the reader looked. */
  readonly isNewer: boolean
  /** Of the policy in force, as YAML. */
  readonly source: string
  readonly distribution: Distribution
}

function Thresholds({ bands, isNewer, source, distribution }: Props) {
  const { lines, fixed, crossings, share } = distribution
  const names = bands.map(({ name }) => name)
  const now = startsOf(bands)
  const { choice, isOther, choose } = useChoice(now, names, lowestWorked(bands))
  const { starts, worked, capacity } = choice
  const proposal = useMutation({
    mutationFn: (asked: readonly number[]) =>
      answerOf(api.POST('/v1/policy/proposal', { body: { starts: movedStarts(names, now, asked) } })),
  })
  const move = (band: number, score: number): void => choose({ starts: moveEdge(starts, band, score) })
  const isMoved = starts.some((start, band) => start !== now[band])
  const before = bandSums(names, now, distribution)
  const after = bandSums(names, starts, distribution)
  const everybody = lines.reduce((sum, { leads }) => sum + leads, 0)
  const moved = movedLeads(lines, now, starts)
  const isProposed = proposal.variables?.join() === starts.join()
  if (bands.length < 2)
    return (
      <>
        <ViewHeader title="Thresholds" />
        <EmptyState title="The policy has one band only">
          With two or more there are edges between them.
        </EmptyState>
      </>
    )
  return (
    <>
      <ViewHeader title="Thresholds">
        {isMoved && (
          <Button size="xs" variant="default" onClick={() => choose({ starts: now })}>
            Back to the policy in force
          </Button>
        )}
        <Button
          size="xs"
          disabled={!isMoved}
          loading={proposal.isPending}
          onClick={() => proposal.mutate(starts)}
        >
          Make a proposal
        </Button>
      </ViewHeader>
      <EngineNotice />
      <Figures {...{ lines, now, starts, worked, moved, name: names[worked] ?? '' }} />
      <Stack gap="md">
        {isNewer && (
          <Notice kind="warning">
            Another policy has come into force since you opened this page. What is compared with, and what a
            proposal is made from, is that.
          </Notice>
        )}
        {isOther && (
          <Notice kind="warning">
            The edges in the address are not of the {wholeText(bands.length)} bands in force. These are shown
            as they are.
          </Notice>
        )}
        {everybody === 0 ? (
          <EmptyState title="Nobody has a score yet">
            Edges can be moved once leads are scored by {distribution.model}.
          </EmptyState>
        ) : (
          <PlotFrame
            title={`${wholeText(everybody)} leads by score`}
            hint={
              <>
                Strong colour: those of them expected to win. Heights grow with the square root. Drag an edge,
                or use the arrow keys on it. Counted <Moment at={distribution.counted_at} />
                {share < 1 && ', estimated from a part of them'}.
              </>
            }
          >
            <DistributionPlot lines={lines} names={names} starts={starts} onMove={move} />
          </PlotFrame>
        )}
        <BandsTable {...{ bands, lines, starts, before, after }} onMove={move} />
        <p className={classes['hint']}>
          {crossings === null
            ? 'Reach it a week: scores are not kept for a week yet, so these are the leads of the last four weeks that stand there, divided by four.'
            : `Reach it a week: leads that came to the edge from below, or with their first score, over ${countText(crossings.weeks)} weeks.`}
          {fixed.length > 0 &&
            ` No edge moves those whom a rule stops or bounds, or whose segment has bands of its own: ${fixed
              .map(({ band, leads }) => `${shownText(band, 40)} ${wholeText(leads)}`)
              .join(', ')}.`}
        </p>
        <Capacity
          {...{ lines, names, starts, worked, capacity }}
          onCapacity={(leads) => choose({ capacity: leads })}
          onWorked={(band) => choose({ worked: band })}
          onMove={move}
        />
        <div aria-live="polite">
          {proposal.isError && isProposed && (
            <ErrorState error={proposal.error} retry={() => proposal.mutate(starts)} />
          )}
          {proposal.data && isProposed && (
            <Panel title="Proposal">
              <Stack gap="sm">
                <p className={classes['hint']}>
                  Nothing has changed. Put it in the place of <code>policy.yaml</code> where the server reads
                  it, after whoever answers for it has looked; it is in force within a second, without
                  training.
                </p>
                <Proposal before={source} after={proposal.data.policy} file="policy.yaml" />
                <ExactTrial policy={proposal.data.policy} />
              </Stack>
            </Panel>
          )}
        </div>
      </Stack>
    </>
  )
}

interface FiguresProps {
  readonly lines: Distribution['lines']
  readonly now: readonly number[]
  readonly starts: readonly number[]
  readonly worked: number
  readonly name: string
  readonly moved: { readonly up: number; readonly down: number }
}

/** Of the bands that the team works on, as they would be and as they are. */
function Figures({ lines, now, starts, worked, moved, name }: FiguresProps) {
  const wasFrom = now[worked] ?? 0
  const from = starts[worked] ?? 0
  const was = sumOf(lines.slice(wasFrom))
  const is = sumOf(lines.slice(from))
  const all = sumOf(lines)
  const precision = ({ leads, wins }: typeof is): string =>
    wins === null || leads === 0 ? 'not known' : percentText(wins / leads)
  const note = (text: string): string =>
    from === wasFrom ? `${shownText(name, 24)} and better` : `now ${text}`
  return (
    <KeyFigures>
      <KeyFigure label="Leads to work on" value={wholeText(is.leads)} note={note(wholeText(was.leads))} />
      <KeyFigure
        label="A week"
        value={countText(weeklyFrom(lines, from))}
        note={note(countText(weeklyFrom(lines, wasFrom)))}
      />
      <KeyFigure
        label="Expected wins"
        value={is.wins === null ? 'not known' : countText(is.wins)}
        note={
          from !== wasFrom && was.wins !== null
            ? `now ${countText(was.wins)}`
            : is.wins !== null && all.wins
              ? `${percentText(is.wins / all.wins)} of all`
              : ''
        }
      />
      <KeyFigure
        label="Precision"
        value={precision(is)}
        note={from === wasFrom ? 'expected wins a lead' : `now ${precision(was)}`}
      />
      <KeyFigure
        label="Would change band"
        value={wholeText(moved.up + moved.down)}
        note={`${wholeText(moved.up)} up, ${wholeText(moved.down)} down`}
      />
    </KeyFigures>
  )
}

/** From the lowest band for which a response is promised; where none is, only the best. */
function lowestWorked(bands: readonly PolicyBand[]): number {
  const found = bands.findIndex(({ respondWithin }, band) => band > 0 && respondWithin !== null)
  return found < 0 ? Math.max(1, bands.length - 1) : found
}

function movedStarts(
  names: readonly string[],
  now: readonly number[],
  asked: readonly number[],
): Record<string, number> {
  return Object.fromEntries(
    names.flatMap((name, band) => {
      const start = asked[band]
      return start === undefined || start === now[band] ? [] : [[name, start] as const]
    }),
  )
}
