/** How the texts of a column are written: as the map says, or as our own files write. */
import { type CellFormat, PLAIN_FORMAT } from './cell-types.ts'
import type { ImportMap } from './import-map.ts'
import { type LocalZone, openZone } from './local-zone.ts'
import type { MapColumn } from './map-column.ts'
import { createTimeReader, PLAIN_TIME_FORMATS } from './time-formats.ts'

/**
 * For all columns of a file. The zone of times that do not say theirs is that of the column, else `zone`, else that of the map.
 * Each zone is opened once: it remembers what it was asked.
 */
export function createColumnFormats(
  map: ImportMap | null,
  zone: string | null,
): (column: MapColumn) => CellFormat {
  const zones = new Map<string, LocalZone>()
  const zoneOf = (name: string | null): LocalZone | null => {
    if (name === null) return null
    const known = zones.get(name) ?? openZone(name)
    zones.set(name, known)
    return known
  }
  return (column) => {
    const place = zoneOf(column.zone ?? zone ?? map?.zone ?? null)
    if (map)
      return {
        times: createTimeReader(column.times ?? map.times, place),
        day: column.day,
        decimal: map.decimal,
        divider: map.lists,
      }
    return place ? { ...PLAIN_FORMAT, times: createTimeReader(PLAIN_TIME_FORMATS, place) } : PLAIN_FORMAT
  }
}
