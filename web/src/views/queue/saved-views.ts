/** Queues that the reader keeps, in this browser. */
import { useLocalStorage } from '@mantine/hooks'

export interface SavedView {
  readonly name: string
  /** As it stands in the address. */
  readonly query: string
}

const MOST = 30

export function useSavedViews() {
  const [views, setViews] = useLocalStorage<readonly SavedView[]>({
    key: 'wonlost.queue.views',
    defaultValue: [],
    deserialize: readViews,
  })
  return {
    views,
    /** In place of one of the same name. */
    keep: (view: SavedView) =>
      setViews((before) => [...before.filter(({ name }) => name !== view.name), view].slice(-MOST)),
    forget: (name: string) => setViews((before) => before.filter((view) => view.name !== name)),
  }
}

/** What somebody else put there counts as nothing. */
function readViews(text: string | undefined): readonly SavedView[] {
  try {
    const kept: unknown = JSON.parse(text ?? '[]')
    return Array.isArray(kept) ? kept.filter(isView).slice(-MOST) : []
  } catch {
    return []
  }
}

function isView(kept: unknown): kept is SavedView {
  if (typeof kept !== 'object' || kept === null) return false
  return 'name' in kept && typeof kept.name === 'string' && 'query' in kept && typeof kept.query === 'string'
}
