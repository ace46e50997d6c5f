/** Rows that keep their places while what they say changes: nobody clicks on a lead that another one has just taken the place of. */

export interface Arranged<Row> {
  /** What these were made of. */
  readonly pages: readonly (readonly Row[])[]
  readonly rows: readonly Row[]
  /** The order is not that of the server any more, or somebody is new or gone. */
  readonly isOutdated: boolean
}

/** Nothing but more pages: what is there already is not looked at again, however much it is. */
function isGrown<Row>(before: Arranged<Row>['pages'], pages: Arranged<Row>['pages']): boolean {
  return before.length < pages.length && before.every((page, index) => page === pages[index])
}

function grow<Row>(
  { pages: seen, rows, isOutdated }: Arranged<Row>,
  pages: Arranged<Row>['pages'],
  idOf: (row: Row) => string,
): Arranged<Row> {
  const ids = new Set(rows.map(idOf))
  const added = pages.slice(seen.length).flat()
  return { pages, rows: [...rows, ...added.filter((row) => !ids.has(idOf(row)))], isOutdated }
}

/** `before`: null begins anew, in the order of the server. A new last page is added below. */
export function arrange<Row>(
  before: Arranged<Row> | null,
  pages: readonly (readonly Row[])[],
  idOf: (row: Row) => string,
): Arranged<Row> {
  if (before !== null && isGrown(before.pages, pages)) return grow(before, pages, idOf)
  const latest = new Map(pages.flat().map((row) => [idOf(row), row]))
  if (before === null) return { pages, rows: [...latest.values()], isOutdated: false }
  const kept = before.rows.map((row) => latest.get(idOf(row)) ?? row)
  const keptIds = new Set(kept.map(idOf))
  const added = pages
    .slice(before.pages.length)
    .flat()
    .filter((row) => !keptIds.has(idOf(row)))
  const rows = [...kept, ...added]
  const served = [...latest.keys()]
  const isSame = served.length === rows.length && rows.every((row, index) => idOf(row) === served[index])
  return { pages, rows, isOutdated: !isSame }
}
