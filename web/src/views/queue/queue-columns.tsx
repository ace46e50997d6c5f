/** What the queue shows of a lead. */
import { columnVisibilityFeature, createColumnHelper, tableFeatures } from '@tanstack/react-table'
import { Link } from 'wouter'
import { BandTag } from '../../components/band-tag.tsx'
import { ScoreBadge } from '../../components/score-badge.tsx'
import { Tag, type Tone } from '../../components/tag.tsx'
import { Text } from '../../components/text.tsx'
import { leadName, leadPath } from '../../format/lead-name.ts'
import { moneyText, percentFigureText } from '../../format/numbers.ts'
import { ChangeCell } from './change-cell.tsx'
import { DueCell } from './due-cell.tsx'
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
  score: '44px',
  probability: '54px',
  lead: 'minmax(150px, 2fr)',
  reason: 'minmax(180px, 3fr)',
  change: '102px',
  band: '80px',
  grade: '44px',
  verdict: '102px',
  value: '72px',
  due: '84px',
}

export const COLUMNS = [
  column.display({
    id: 'score',
    header: 'Score',
    cell: ({ row: { original } }) =>
      original.lead.score ? <ScoreBadge score={original.lead.score.score} /> : <Tag tone="quiet">none</Tag>,
  }),
  column.display({
    id: 'probability',
    header: 'Chance',
    cell: ({ row: { original } }) => {
      const probability = chanceOf(original.lead)
      return probability === null ? '' : percentFigureText(probability)
    },
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
    cell: ({ row: { original }, table }) => (
      <BandCell lead={original.lead} isVerdictShown={table.getColumn('verdict')?.getIsVisible() ?? false} />
    ),
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

/** Never hidden. */
export const ALWAYS_SHOWN: ReadonlySet<string> = new Set(['score', 'lead'])

const chanceOf = ({ score }: QueueLead): number | null => score?.probability ?? null

/** Not every policy and every model has something for these. */
const TOLD: Readonly<Record<string, (lead: QueueLead) => boolean>> = {
  probability: (lead) => chanceOf(lead) !== null,
  grade: ({ score }) => score?.decision.grade != null,
  value: ({ score }) => score?.decision.expected_value != null,
  due: ({ details }) => details?.respond_by != null,
}

/** Columns that would be empty from the first row to the last: they leave their room to the others. */
export function emptyColumns(leads: readonly QueueLead[]): ReadonlySet<string> {
  return new Set(Object.keys(TOLD).filter((id) => !leads.some((lead) => TOLD[id]?.(lead))))
}

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

interface BandProps {
  readonly lead: QueueLead
  readonly isVerdictShown: boolean
}

function BandCell({ lead: { score }, isVerdictShown }: BandProps) {
  if (!score) return null
  // Who is stopped or to be looked at has the verdict for a band: said once is enough.
  if (score.decision.band === score.verdict && isVerdictShown) return null
  return <BandTag {...score} />
}

const VERDICT_TONES: Readonly<Record<string, Tone>> = {
  eligible: 'good',
  review: 'plain',
  disqualified: 'bad',
}

function VerdictCell({ verdict }: { readonly verdict: string | undefined }) {
  return verdict === undefined ? null : <Tag tone={VERDICT_TONES[verdict] ?? 'plain'}>{verdict}</Tag>
}
