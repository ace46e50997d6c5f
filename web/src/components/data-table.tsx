import type { ReactNode } from 'react'
import classes from './data-table.module.css'

interface DataColumn<Row> {
  readonly id: string
  readonly head: ReactNode
  readonly cell: (row: Row) => ReactNode
  /** Figures stand under one another. */
  readonly isFigure?: boolean
  /** Sentences keep some width where the table is wider than the page. */
  readonly isSentence?: boolean
}

interface Props<Row> {
  /** What it is a table of. */
  readonly label: string
  readonly columns: readonly DataColumn<Row>[]
  readonly rows: readonly Row[]
  readonly rowKey: (row: Row) => string
  readonly isCurrent?: (row: Row) => boolean
}

/** A plain table that is moved sideways where it is wider than the page. For long lists see the queue. */
export function DataTable<Row>({ label, columns, rows, rowKey, isCurrent }: Props<Row>) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what can be moved sideways must be so by keyboard.
    <section className={classes['scroller']} tabIndex={0} aria-label={label}>
      <table className={classes['table']}>
        <thead>
          <tr>
            {columns.map(({ id, head, isFigure }) => (
              <th key={id} scope="col" data-figure={isFigure}>
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={rowKey(row)} data-current={isCurrent?.(row) || undefined}>
              {columns.map(({ id, cell, isFigure, isSentence }) => (
                <td key={id} data-figure={isFigure} data-sentence={isSentence}>
                  {cell(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
