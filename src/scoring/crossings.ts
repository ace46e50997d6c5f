/**
 * What a new score crosses. A band that the score alone decides is left only when the raw points are beyond its edge by `hysteresisPoints`:
 * from one crossing to the next by score alone they move by at least so much, so nobody at an edge is told of again and again.
 */
import { pointsOf } from '../model/link.ts'
import type { BandRange } from '../policy/bands.ts'
import { logit } from '../statistics/log-odds.ts'
import type { Standing, ToldStanding } from './standing.ts'

/** `held`: the band is another one, but not by enough to tell. */
export type Change = 'none' | 'held' | 'crossed'

/** @param told null: nobody has heard of the subject; then only what asks for a response is news. */
export function crossingOf(told: ToldStanding | null, now: Standing, hysteresisPoints: number): Change {
  if (told === null) return now.respondWithin === null ? 'none' : 'crossed'
  if (told.verdict !== now.verdict) return 'crossed'
  if (told.band === now.band) return 'none'
  const from = placeOf(now.bands, told.band)
  const to = placeOf(now.bands, now.band)
  if (!told.byScore || !now.byScore || from < 0 || to < 0) return 'crossed'
  // The edge of the band that was told, on the side on which it is left.
  const above = pointsAbove(now, now.bands[to > from ? from + 1 : from]!)
  return (to > from ? above : -above) >= hysteresisPoints ? 'crossed' : 'held'
}

/** Raw points above the lower edge of a band, below 0 under it. Scores are rounded, so a band begins half a point before its `from`. */
function pointsAbove({ said, bands }: Standing, band: BandRange): number {
  const { probability, rawPoints } = said!
  const isByProbability = probability !== null && bands.at(-1)?.from_probability !== undefined
  if (isByProbability) return pointsOf(logit(probability) - logit(band.from_probability ?? 0))
  return rawPoints - (band.from - 0.5)
}

/** A crossing begins a promise when it leads into its band from a lower one, or from outside the bands. */
export function beginsPromise(told: ToldStanding | null, { band, bands, respondWithin }: Standing): boolean {
  if (respondWithin === null || told?.band === band) return false
  const place = placeOf(bands, band)
  return place < 0 || (told ? placeOf(bands, told.band) : -1) < place
}

/** Promises of these bands hold after a crossing into `band`: upwards they stay, downwards and out of the bands they are withdrawn. */
export function promisesThatStay({ band, bands }: Pick<Standing, 'band' | 'bands'>): readonly string[] {
  return bands.slice(0, placeOf(bands, band) + 1).map(({ name }) => name)
}

/** -1: outside the bands. */
function placeOf(bands: readonly BandRange[], name: string): number {
  return bands.findIndex((band) => band.name === name)
}
