import { Button, Chip, Group, Stack } from '@mantine/core'
import { useDeferredValue, useMemo, useState } from 'react'
import { useBands } from '../../api/policy.ts'
import { EmptyState } from '../../components/empty-state.tsx'
import { ErrorState } from '../../components/error-state.tsx'
import { LoadingState } from '../../components/loading-state.tsx'
import { Panel } from '../../components/panel.tsx'
import { PlotFrame } from '../../components/plot-frame.tsx'
import { useAddress } from '../../components/use-address.ts'
import { ViewHeader } from '../../components/view-header.tsx'
import { type Box, boxText, readBox } from '../../format/box.ts'
import { wholeText } from '../../format/numbers.ts'
import { shownText } from '../../format/shown-text.ts'
import { BoxForm } from './box-form.tsx'
import { BoxLeads } from './box-leads.tsx'
import { countIn, gradeCells } from './boxes.ts'
import { CellsTable } from './cells-table.tsx'
import classes from './grid.module.css'
import { GridPlot } from './grid-plot.tsx'
import { useGrid } from './use-grid.ts'

const WHOLE: Box = { fitFrom: 0, fitTo: 100, intentFrom: 0, intentTo: 100 }

/** Fit against intent: who is where, and what to do with them. */
export default function GridPage() {
  const [bandAsked, setBand] = useAddress('band')
  const band = bandAsked ?? ''
  const [address, setAddress] = useAddress('box')
  const grid = useGrid(band)
  const bands = useBands()
  // While it is dragged the box is not in the address, and nobody is asked who is in it.
  const [dragged, setDragged] = useState<Box | null>(null)
  const settled = readBox(address)
  // The list follows when there is time: the box does not wait for it.
  const later = useDeferredValue(address)
  const listed = useMemo(() => readBox(later) ?? WHOLE, [later])
  const box = dragged ?? settled
  const select = (next: Box | null): void => {
    setDragged(null)
    setAddress(next && boxText(next))
  }
  const { data } = grid
  const cells = data?.grid ? gradeCells(data.grid) : []
  return (
    <>
      <ViewHeader title="Grid">
        <Group gap={6} role="group" aria-label="Bands">
          {bands.map((name) => (
            <Chip
              key={name}
              size="xs"
              variant="outline"
              checked={band === name}
              onChange={(isOn) => setBand(isOn ? name : null)}
            >
              {shownText(name, 30)}
            </Chip>
          ))}
        </Group>
      </ViewHeader>
      {grid.isPending && <LoadingState what="the grid" />}
      {grid.isError && !data && <ErrorState error={grid.error} retry={() => void grid.refetch()} />}
      {data && data.grid === null && (
        <EmptyState title="The policy has no grades">
          A section “grade” in policy.yaml names a model of fit and one of intent, and where their grades
          begin.
        </EmptyState>
      )}
      {data?.grid && data.leads === 0 && (
        <EmptyState
          title={band === '' ? 'Nobody has both scores yet' : 'Nobody in this band has both scores'}
        >
          A lead stands here once the models {data.grid.fit.model} and {data.grid.intent.model} have scored
          it.
        </EmptyState>
      )}
      {data?.grid && data.leads > 0 && (
        <Stack gap="md">
          <div className={classes['columns']}>
            <PlotFrame
              title={`${wholeText(data.leads)} leads by fit and intent`}
              hint="Drag over some of them, or click a cell, to see who they are."
            >
              <GridPlot
                bins={data.bins}
                leads={data.leads}
                cells={cells}
                box={box}
                firstBox={cells[0]?.box ?? WHOLE}
                onDrag={setDragged}
                onSelect={select}
              />
              {data.share < 1 && (
                <p className={classes['hint']}>Estimates: of so many leads a part was counted.</p>
              )}
            </PlotFrame>
            <Panel
              title={
                box
                  ? `${wholeText(countIn(data.bins, box))} leads in the box`
                  : `Everybody: ${wholeText(data.leads)} leads`
              }
              actions={
                box && (
                  <Button size="compact-sm" variant="subtle" onClick={() => select(null)}>
                    Clear
                  </Button>
                )
              }
            >
              <Stack gap="sm">
                <BoxForm box={box ?? WHOLE} onChange={select} />
                <BoxLeads box={listed} band={band} />
              </Stack>
            </Panel>
          </div>
          <CellsTable cells={cells} bins={data.bins} leads={data.leads} box={settled} onSelect={select} />
        </Stack>
      )}
    </>
  )
}
