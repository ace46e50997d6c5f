/** From a date and time on the wall of a place to the moment that was meant. */
import { IANAZone } from 'luxon'
import { DAY, MINUTE, type Milliseconds } from '../glossary.ts'

export interface LocalZone {
  /** Name in the IANA database: Europe/Berlin. */
  readonly name: string
  /**
   * The moment at which clocks show `wall` (milliseconds as if the wall were in UTC). When clocks are put back and show it
   * twice: the first time. When they are put forward and never show it: as if they had not been (02:30 becomes 03:30). So
   * decide RFC 5545, java.time and Temporal ("compatible") too.
   */
  toMoment(wall: Milliseconds): Milliseconds
}

export const UTC: LocalZone = { name: 'UTC', toMoment: (wall) => wall }

export function isZoneName(name: string): boolean {
  return IANAZone.isValidZone(name)
}

/** `name` must be one that `isZoneName` knows. */
export function openZone(name: string): LocalZone {
  if (/^(etc\/)?utc$/i.test(name)) return UTC
  const zone = IANAZone.create(name)
  // Asking the zone takes microseconds. Most days have one offset from midnight to midnight (UTC); others hold null.
  const days = new Map<number, number | null>()
  const ask = (moment: Milliseconds): Milliseconds => Math.round(zone.offset(moment) * MINUTE)
  const offsetAt = (moment: Milliseconds): Milliseconds => {
    const day = Math.floor(moment / DAY)
    let offset = days.get(day)
    if (offset === undefined) {
      const first = ask(day * DAY)
      offset = first === ask((day + 1) * DAY - 1) ? first : null
      days.set(day, offset)
    }
    return offset ?? ask(moment)
  }
  return {
    name,
    toMoment(wall) {
      const before = offsetAt(wall - DAY)
      const after = offsetAt(wall + DAY)
      if (before === after || offsetAt(wall - before) === before) return wall - before
      return offsetAt(wall - after) === after ? wall - after : wall - before
    },
  }
}
