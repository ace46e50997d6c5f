/** What the queue shows of a lead. */
import { columnVisibilityFeature, createColumnHelper, tableFeatures } from '@tanstack/react-table'
import { Link } from 'wouter'
import { ScoreBadge } from '../../components/score-badge.tsx'
import { Tag, type Tone } from '../../components/tag.tsx'
import { Text } from '../../components/text.tsx'
import { moneyText, percentText } from '../../format/numbers.ts'
import { ChangeCell } from './change-cell.tsx'
import { DueCell } from './due-cell.tsx'
import { leadName, leadPath } from './lead-name.ts'
import classes from './queue.module.css'
import { ReasonCell } from './reason-cell.tsx'
import type { QueueLead, TopReasons } from './use-queue.ts'

interface QueueRow {
  readonly lead: QueueLead
  readonly reasons: TopReasons | null | undefined
}

export const features = tableFeatures({ columnVisibilityFeature })
const column = createColumnHelper<typeof features, QueueRow>()

/** Widths, as tracks of a CSS grid. */
export const TRACKS: Readonly<Record<string, string>> = {
  score: '48px',
  lead: 'minmax(170px, 2fr)',
  reason: 'minmax(150px, 2.4fr)',
  change: '116px',
  band: '108px',
  grade: '46px',
  verdict: '106px',
  probability: '60px',
  value: '80px',
  due: '88px',
}

export const COLUMNS = [
  column.display({
    id: 'score',
    header: 'Score',
    cell: ({ row: { original } }) =>
      original.lead.score ? <ScoreBadge score={original.lead.score.score} /> : <Tag tone="quiet">none</Tag>,
  }),
  column.display({
    id: 'lead',
    header: 'Lead',
    cell: ({ row: { original } }) => <LeadCell lead={original.lead} />,
  }),
  column.display({
    id: 'reason',
    header: 'Strongest reason',
    cell: ({ row: { original } }) => <ReasonCell reasons={original.reasons} />,
  }),
  column.display({
    id: 'change',
    header: '7 days',
    cell: ({ row: { original } }) => <ChangeCell lead={original.lead} />,
  }),
  column.display({
    id: 'band',
    header: 'Band',
    cell: ({ row: { original } }) => <BandCell lead={original.lead} />,
  }),
  column.display({
    id: 'grade',
    header: 'Grade',
    cell: ({ row: { original } }) => original.lead.score?.decision.grade ?? '',
  }),
  column.display({
    id: 'verdict',
    header: 'Verdict',
    cell: ({ row: { original } }) => <VerdictCell verdict={original.lead.score?.verdict} />,
  }),
  column.display({
    id: 'probability',
    header: 'Chance',
    cell: ({ row: { original } }) => {
      const probability = original.lead.score?.probability
      return typeof probability === 'number' ? percentText(probability) : ''
    },
  }),
  column.display({
    id: 'value',
    header: 'Expected',
    cell: ({ row: { original } }) => {
      const value = original.lead.score?.decision.expected_value
      return value ? moneyText(value.value, value.currency) : ''
    },
  }),
  column.display({
    id: 'due',
    header: 'Respond',
    cell: ({ row: { original } }) => <DueCell at={original.lead.details?.respond_by ?? null} />,
  }),
]

/** Hidden until the reader asks for them. */
export const HIDDEN_AT_FIRST: Readonly<Record<string, boolean>> = { probability: false }

/** Never hidden. */
export const ALWAYS_SHOWN: ReadonlySet<string> = new Set(['score', 'lead'])

function LeadCell({ lead }: { readonly lead: QueueLead }) {
  const about = [lead.details?.title, lead.details?.company].filter(Boolean).join(', ')
  return (
    <span className={classes['lead']}>
      <Link href={leadPath(lead.lead_id)} tabIndex={-1}>
        <Text isClipped>{leadName(lead)}</Text>
      </Link>
      <small>
        <Text isClipped>{about || lead.lead_id}</Text>
      </small>
    </span>
  )
}

function BandCell({ lead: { score } }: { readonly lead: QueueLead }) {
  if (!score) return null
  const { band, respond_within } = score.decision
  // Who is to be called stands out; a verdict has a column of its own.
  return <Tag tone={score.verdict === 'eligible' && respond_within !== null ? 'strong' : 'plain'}>{band}</Tag>
}

const VERDICT_TONES: Readonly<Record<string, Tone>> = {
  eligible: 'good',
  review: 'plain',
  disqualified: 'bad',
}

function VerdictCell({ verdict }: { readonly verdict: string | undefined }) {
  return verdict === undefined ? null : <Tag tone={VERDICT_TONES[verdict] ?? 'plain'}>{verdict}</Tag>
}
