import type { PolicyBand } from '../../api/policy-content.ts'
import { DataTable } from '../../components/data-table.tsx'
import { Tag } from '../../components/tag.tsx'
import { Text } from '../../components/text.tsx'
import { durationText } from '../../format/durations.ts'
import { changeText, countText, percentFigureText, pointsText, wholeText } from '../../format/numbers.ts'
import { shownText } from '../../format/shown-text.ts'
import { type BandSums, type Line, roomOf } from './band-sums.ts'
import { EdgeField } from './edge-field.tsx'
import classes from './thresholds.module.css'

interface Props {
  readonly bands: readonly PolicyBand[]
  readonly lines: readonly Line[]
  readonly starts: readonly number[]
  readonly before: readonly BandSums[]
  readonly after: readonly BandSums[]
  readonly onMove: (band: number, score: number) => void
}

/** Each band, the best first, as it is and as it would be. */
export function BandsTable({ bands, lines, starts, before, after, onMove }: Props) {
  const rows = bands.flatMap((band, place) => {
    const [was, is] = [before[place], after[place]]
    return was && is ? [{ band, place, was, is }] : []
  })
  return (
    <DataTable
      label="Bands, as they are and as they would be"
      rows={rows.toReversed()}
      rowKey={({ band }) => band.name}
      columns={[
        {
          id: 'band',
          head: 'Band',
          cell: ({ band }) => (
            <Tag tone={band.respondWithin === null ? 'plain' : 'strong'}>{shownText(band.name, 30)}</Tag>
          ),
        },
        {
          id: 'from',
          head: 'Begins at',
          cell: ({ band, place, was }) =>
            place === 0 ? (
              '0'
            ) : (
              <span className={classes['start']}>
                <EdgeField
                  band={band.name}
                  score={starts[place] ?? 0}
                  {...roomOf(starts, place)}
                  onMove={(score) => onMove(place, score)}
                />{' '}
                {starts[place] !== was.from && <small className={classes['was']}>now {was.from}</small>}
              </span>
            ),
        },
        {
          id: 'chance',
          head: 'Chance at its edge',
          isFigure: true,
          cell: ({ is }) => percentOr(lines[is.from]?.probability ?? null),
        },
        {
          id: 'leads',
          head: 'Leads',
          isFigure: true,
          cell: ({ was, is }) => (
            <Changed now={wholeText(is.leads)} by={is.leads - was.leads} text={changeText} />
          ),
        },
        {
          id: 'wins',
          head: 'Expected wins',
          isFigure: true,
          cell: ({ was, is }) =>
            is.wins === null ? (
              'not known'
            ) : (
              <Changed now={countText(is.wins)} by={is.wins - (was.wins ?? is.wins)} text={pointsText} />
            ),
        },
        {
          id: 'precision',
          head: 'Precision',
          isFigure: true,
          cell: ({ was, is }) => (
            <>
              {percentOr(is.precision)}
              {is.from !== was.from || is.to !== was.to ? (
                <small className={classes['was']}>now {percentOr(was.precision)}</small>
              ) : null}
            </>
          ),
        },
        {
          id: 'weekly',
          head: 'Reach it a week',
          isFigure: true,
          cell: ({ was, is }) =>
            is.weekly === null ? (
              ''
            ) : (
              <>
                {countText(is.weekly)}{' '}
                {is.from !== was.from && (
                  <small className={classes['was']}>now {countText(was.weekly ?? 0)}</small>
                )}
              </>
            ),
        },
        {
          id: 'action',
          head: 'Action',
          cell: ({ band }) => (
            <span className={classes['action']}>
              <Text>{band.action}</Text>{' '}
              {band.respondWithin !== null && (
                <small className={classes['was']}>within {durationText(band.respondWithin)}</small>
              )}
            </span>
          ),
        },
      ]}
    />
  )
}

interface ChangedProps {
  readonly now: string
  readonly by: number
  readonly text: (by: number) => string
}

function Changed({ now, by, text }: ChangedProps) {
  return (
    <>
      {now} {by !== 0 && <small className={classes['was']}>{text(by)}</small>}
    </>
  )
}

const percentOr = (share: number | null): string => (share === null ? '' : percentFigureText(share))
