/** From the header of a file to a plan of how its rows are read. Without a map, our own names are the map. */
import { WonlostError } from '../errors.ts'
import { chooseObject } from './choose-object.ts'
import type { ImportKind } from './define-import.ts'
import { indexHeader } from './header-index.ts'
import type { ImportMap } from './import-map.ts'
import { isZoneName } from './local-zone.ts'
import type { RowPlan } from './row-plan.ts'
import { RowPlanner } from './row-planner.ts'
import { shownName } from './shown-names.ts'

export interface PlanOptions {
  /** Trait columns whose cells are lists, by their name in the file. */
  readonly lists?: readonly string[] | undefined
  /** Trait columns whose cells stay text, though they look like numbers. */
  readonly texts?: readonly string[] | undefined
  readonly map?: ImportMap | undefined
  /** Time zone (IANA) of times that do not say theirs; that of the map does not count then. */
  readonly zone?: string | undefined
}

/**
 * Names match whatever their case; blanks, hyphens and underscores are alike. `file` is only for messages. Throws
 * `table_invalid` that names what is missing, doubled, nameless or unknown in the header, `usage` for an option that names no column
 * or no zone, and `map_invalid` when the map has nothing for the kind.
 */
export function planRows(
  kind: ImportKind,
  header: readonly string[],
  file: string,
  options: PlanOptions = {},
): RowPlan {
  if (options.zone !== undefined && !isZoneName(options.zone))
    throw new WonlostError(
      'usage',
      `--zone must be a time zone of the IANA database, such as Europe/Berlin or UTC. Given: ${shownName(options.zone)}.`,
    )
  const { map = null } = options
  const index = indexHeader(header)
  const object = map && chooseObject(map, kind, index, file)
  const planner = new RowPlanner(kind, index, file, object, map, options)
  planner.takeNamed()
  planner.takeOwn()
  const outcome = planner.takeOutcome()
  planner.takeOthers()
  planner.checkMissing()
  planner.checkOptions()
  return {
    kind,
    object: object?.name ?? null,
    columns: planner.columns,
    outcome,
    missing: map?.missing ?? new Set(),
    notes: planner.notes,
  }
}
