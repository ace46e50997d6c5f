/** Rows of a list that is read page by page, kept fresh where they stand; another order is shown when the reader asks for it. */
import { useEffect, useState } from 'react'
import { useChanges } from '../api/changes.ts'
import type { Followed } from '../api/score-stream.ts'
import { type Arranged, arrange } from './arrange.ts'

interface List<Page> {
  readonly data: { readonly pages: readonly Page[] } | undefined
  readonly isFetching: boolean
  refetch(): Promise<unknown>
}

interface Options<Page, Row> {
  readonly list: List<Page>
  /** What is asked for. */
  readonly key: string
  /** Whose changes are followed. */
  readonly subject: Followed['subject']
  readonly rowsOf: (page: Page) => readonly Row[]
  readonly idOf: (row: Row) => string
}

interface Seen<Page, Row> {
  readonly key: string
  readonly pages: readonly Page[] | undefined
  readonly arranged: Arranged<Row> | null
  /** Changed since it was read, and not read again by itself. */
  readonly isChanged: boolean
}

/** Further down than this, changes are told of and not fetched by themselves. */
const MOST_FETCHED_AGAIN = 5

export function useArranged<Page, Row>({ list, key, subject, rowsOf, idOf }: Options<Page, Row>) {
  const pages = list.data?.pages
  const rowsOfPages = (all: readonly Page[]) => all.map(rowsOf)
  const [seen, setSeen] = useState<Seen<Page, Row>>({
    ...{ key, pages: undefined, arranged: null, isChanged: false },
  })
  if (seen.key !== key || seen.pages !== pages) {
    const isSame = seen.key === key
    const arranged = pages ? arrange(isSame ? seen.arranged : null, rowsOfPages(pages), idOf) : null
    setSeen({ key, pages, arranged, isChanged: isSame && seen.isChanged })
  }

  // What changes while the list is on its way may not be in it.
  const [isMissed, setMissed] = useState(false)
  const { isFetching, refetch } = list
  useEffect(() => {
    if (!isMissed || isFetching) return
    setMissed(false)
    void refetch()
  }, [isMissed, isFetching, refetch])
  useChanges({
    subject,
    onChange: () => {
      if ((pages?.length ?? 0) > MOST_FETCHED_AGAIN) setSeen({ ...seen, isChanged: true })
      else if (isFetching) setMissed(true)
      else void refetch()
    },
  })

  return {
    rows: seen.arranged?.rows ?? [],
    isOutdated: seen.isChanged || (seen.arranged?.isOutdated ?? false),
    /** In the order of the server. */
    rearrange: () => {
      const arranged = pages ? arrange(null, rowsOfPages(pages), idOf) : null
      setSeen({ key, pages, arranged, isChanged: false })
      void refetch()
    },
  }
}
