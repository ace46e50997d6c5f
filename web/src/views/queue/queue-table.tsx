import { useMediaQuery } from '@mantine/hooks'
import { useTable } from '@tanstack/react-table'
import { useVirtualizer } from '@tanstack/react-virtual'
import { type ReactNode, useEffect, useEffectEvent, useMemo, useRef, useState } from 'react'
import { useLocation } from 'wouter'
import { isOwnClick } from '../../components/is-own-click.ts'
import { leadName, leadPath } from '../../format/lead-name.ts'
import { useShortcuts } from '../../shell/shortcuts.tsx'
import classes from './queue.module.css'
import { COLUMNS, features, TRACKS } from './queue-columns.tsx'
import { keepQueueWay, readQueueWay } from './queue-way.ts'
import type { QueueLead, TopReasons } from './use-queue.ts'

interface Props {
  readonly rows: readonly QueueLead[]
  readonly reasons: ReadonlyMap<string, TopReasons | null>
  /** By column; those that are not named are shown. */
  readonly visibility: Record<string, boolean>
  /** Of the page after these rows; null: there is none. */
  readonly next: string | null
  /** Called when the last rows come into sight. */
  readonly onEnd: () => void
  /** Below the last row. */
  readonly end: ReactNode
}

const ROW_HEIGHT = 52
const NARROW_ROW_HEIGHT = 106
const NARROW = '(max-width: 47.99em)'
/** Rows from the end at which more is fetched. */
const AHEAD = 30

/** What is asked for, as it stands in the address. */
const queryNow = (): string => new URLSearchParams(location.search).toString()

/** Of this queue, where a lead was opened from it; null: none was. */
function lastLookedAt(): string | null {
  const way = readQueueWay()
  return way?.query === queryNow() ? way.current : null
}

/** Only what is in sight is drawn. One row is the current one: j and k move it, Enter opens it. */
export function QueueTable({ rows, reasons, visibility, next, onEnd, end }: Props) {
  const [, go] = useLocation()
  const isNarrow = useMediaQuery(NARROW) ?? false
  const [currentId, setCurrentId] = useState(lastLookedAt)
  const scroller = useRef<HTMLDivElement>(null)
  const current = Math.max(
    0,
    rows.findIndex(({ lead_id }) => lead_id === currentId),
  )
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => (isNarrow ? NARROW_ROW_HEIGHT : ROW_HEIGHT),
    getItemKey: (index) => rows[index]?.lead_id ?? index,
    overscan: 8,
  })
  // biome-ignore lint/correctness/useExhaustiveDependencies: measured anew when the height of a row is another one.
  useEffect(() => virtual.measure(), [isNarrow])
  const items = virtual.getVirtualItems()
  const [first, last] = [items[0]?.index ?? 0, items.at(-1)?.index ?? 0]
  useEffect(() => {
    if (last >= rows.length - AHEAD) onEnd()
  }, [last, rows.length, onEnd])
  // The table knows those only that are drawn: to know of twenty thousand would take it longer than a frame.
  const data = useMemo(
    () => rows.slice(first, last + 1).map((lead) => ({ lead, reasons: reasons.get(lead.lead_id) })),
    [rows, reasons, first, last],
  )
  const table = useTable({
    features,
    columns: COLUMNS,
    data,
    getRowId: ({ lead }) => lead.lead_id,
    state: { columnVisibility: visibility },
    onColumnVisibilityChange: () => {},
  })
  const drawn = table.getRowModel().rows

  // Back from a lead: to the row of the one that was looked at last.
  const backAt = useEffectEvent((): void => {
    if (rows[current]?.lead_id !== currentId || document.activeElement !== document.body) return
    show(current, 'center')
  })
  useEffect(() => backAt(), [])

  const show = (at: number, align: 'auto' | 'center'): void => {
    virtual.scrollToIndex(at, { align })
    requestAnimationFrame(() =>
      scroller.current?.querySelector<HTMLElement>(`[data-index="${at}"]`)?.focus({ preventScroll: true }),
    )
  }
  const move = (by: number): void => {
    const at = Math.min(Math.max(currentId === null ? 0 : current + by, 0), rows.length - 1)
    const row = rows[at]
    if (!row) return
    setCurrentId(row.lead_id)
    show(at, 'auto')
  }
  const keepWay = (at: number): void =>
    keepQueueWay({ query: queryNow(), leadIds: rows.map(({ lead_id }) => lead_id), next }, at)
  const open = (at: number): void => {
    const row = rows[at]
    if (!row) return
    keepWay(at)
    go(leadPath(row.lead_id))
  }
  useShortcuts('Queue', [
    { keys: 'j', does: 'goes to the next lead', run: () => move(1) },
    { keys: 'k', does: 'goes to the one before', run: () => move(-1) },
    { keys: 'Enter', does: 'opens the lead', run: () => open(current) },
  ])

  const tracks = table.getVisibleLeafColumns().map(({ id }) => TRACKS[id])
  const style = isNarrow ? {} : { gridTemplateColumns: tracks.join(' ') }
  return (
    // biome-ignore lint/a11y/useSemanticElements: rows of a real table cannot be drawn where they are in sight only.
    <div className={classes['scroller']} ref={scroller} role="grid" aria-label="Leads" aria-rowcount={-1}>
      {/* biome-ignore lint/a11y/useSemanticElements: as above. */}
      <div role="rowgroup" className={classes['head']}>
        {table.getHeaderGroups().map((group) => (
          // biome-ignore lint/a11y/useSemanticElements lint/a11y/useFocusableInteractive: as above; nothing to do in the header.
          <div key={group.id} role="row" className={classes['row']} style={style}>
            {group.headers.map((header) => (
              // biome-ignore lint/a11y/useSemanticElements lint/a11y/useFocusableInteractive: as above.
              <div key={header.id} role="columnheader" data-column={header.column.id}>
                <table.FlexRender header={header} />
              </div>
            ))}
          </div>
        ))}
      </div>
      {/* biome-ignore lint/a11y/useSemanticElements: as above. */}
      <div role="rowgroup" className={classes['body']} style={{ height: virtual.getTotalSize() }}>
        {items.map((item) => {
          const row = drawn[item.index - first]
          if (!row) return null
          return (
            // biome-ignore lint/a11y/useSemanticElements lint/a11y/useKeyWithClickEvents: as above; Enter is a shortcut.
            <div
              key={row.id}
              role="row"
              aria-rowindex={item.index + 2}
              aria-selected={row.id === currentId}
              aria-label={leadName(row.original.lead).slice(0, 200)}
              tabIndex={item.index === current ? 0 : -1}
              data-index={item.index}
              className={classes['row']}
              style={{ ...style, height: item.size, transform: `translateY(${item.start}px)` }}
              onFocus={() => setCurrentId(row.id)}
              // Before the link in it leads away.
              onClickCapture={() => keepWay(item.index)}
              onClick={(event) => isOwnClick(event) && open(item.index)}
            >
              {row.getVisibleCells().map((cell) => (
                // biome-ignore lint/a11y/useSemanticElements lint/a11y/useFocusableInteractive: as above.
                <div key={cell.id} role="gridcell" data-column={cell.column.id}>
                  <table.FlexRender cell={cell} />
                </div>
              ))}
            </div>
          )
        })}
      </div>
      {end}
    </div>
  )
}
