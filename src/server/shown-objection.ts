import { formatTime } from '../glossary.ts'

/** As answered over HTTP, and by the command line with --json. */
export function shownObjection({
  reason,
  objectedAt,
  by,
}: {
  readonly reason: string
  readonly objectedAt: number
  readonly by: string
}) {
  return { reason, objected_at: formatTime(objectedAt), by }
}
