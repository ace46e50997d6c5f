import { Button } from '@mantine/core'
import { DataTable } from '../../components/data-table.tsx'
import { Text } from '../../components/text.tsx'
import { type Box, boxText } from '../../format/box.ts'
import { percentFigureText, wholeText } from '../../format/numbers.ts'
import { countIn, type GradeCell, type Grid } from './boxes.ts'
import classes from './grid.module.css'

interface Props {
  readonly cells: readonly GradeCell[]
  readonly bins: Grid['bins']
  readonly leads: number
  readonly box: Box | null
  readonly onSelect: (box: Box) => void
}

/** Every pair of grades: who is in it, and what the policy says to do. */
export function CellsTable({ cells, bins, leads, box, onSelect }: Props) {
  const rows = cells.map((cell) => ({ ...cell, count: countIn(bins, cell.box) }))
  const selected = box && boxText(box)
  return (
    <DataTable
      label="Leads by grade, with what to do"
      rows={rows}
      rowKey={({ grade }) => grade}
      isCurrent={(row) => boxText(row.box) === selected}
      columns={[
        {
          id: 'grade',
          head: 'Grade',
          cell: (row) => (
            <Button size="compact-sm" variant="subtle" onClick={() => onSelect(row.box)}>
              {row.grade}
            </Button>
          ),
        },
        { id: 'leads', head: 'Leads', isFigure: true, cell: ({ count }) => wholeText(count) },
        {
          id: 'share',
          head: 'Share',
          isFigure: true,
          cell: ({ count }) => (leads === 0 ? '' : percentFigureText(count / leads)),
        },
        { id: 'action', head: 'Action', cell: ({ action }) => action && <Words>{action}</Words> },
        { id: 'quadrant', head: 'Quadrant', cell: ({ quadrant }) => quadrant && <Words>{quadrant}</Words> },
        {
          id: 'fit',
          head: 'Fit',
          isFigure: true,
          cell: ({ box: cell }) => `${cell.fitFrom}–${cell.fitTo}`,
        },
        {
          id: 'intent',
          head: 'Intent',
          isFigure: true,
          cell: ({ box: cell }) => `${cell.intentFrom}–${cell.intentTo}`,
        },
      ]}
    />
  )
}

/** Words have room, however narrow the page is. */
function Words({ children }: { readonly children: string }) {
  return (
    <span className={classes['words']}>
      <Text>{children}</Text>
    </span>
  )
}
