/** Durations as people write them (14d, 12h, 30m, 45s) and as the code counts them: whole milliseconds. */
import { z } from 'zod'
import { DAY, HOUR, MINUTE, type Milliseconds, SECOND } from '../glossary.ts'

const UNITS: readonly (readonly [string, Milliseconds])[] = [
  ['d', DAY],
  ['h', HOUR],
  ['m', MINUTE],
  ['s', SECOND],
  ['ms', 1],
]

const PATTERN = /^(\d{1,12}(?:\.\d{1,12})?)(d|h|m|s|ms)$/

/** NaN when the text is no duration. */
export function parseDuration(text: string): Milliseconds {
  const match = PATTERN.exec(text)
  const unit = UNITS.find(([name]) => name === match?.[2])
  return unit ? Math.round(Number(match?.[1]) * unit[1]) : Number.NaN
}

/** In the largest unit that divides it: reading it again gives the same number. */
export function formatDuration(duration: Milliseconds): string {
  for (const [name, size] of UNITS) if (duration % size === 0) return `${duration / size}${name}`
  return `${Math.round(duration)}ms`
}

/** A duration within limits, in milliseconds when decoded. */
export function durationBetween(least: Milliseconds, most: Milliseconds) {
  const wanted = `must be a duration such as 14d, 12h or 30m, from ${formatDuration(least)} to ${formatDuration(most)}`
  return z.codec(
    z.string(wanted).refine((text) => {
      const duration = parseDuration(text)
      return duration >= least && duration <= most
    }, wanted),
    z.number(),
    { decode: parseDuration, encode: formatDuration },
  )
}

/** A duration, or a word that stands for none, which is 0 when decoded. */
export function durationOr<Word extends string>(word: Word, duration: ReturnType<typeof durationBetween>) {
  const wanted = `${duration.safeParse('').error?.issues[0]?.message}, or ${word}`
  const text = z.string(wanted).refine((given) => given === word || duration.safeParse(given).success, wanted)
  return z.codec(text, z.number(), {
    decode: (given) => (given === word ? 0 : z.decode(duration, given)),
    encode: (milliseconds) => (milliseconds === 0 ? word : z.encode(duration, milliseconds)),
  })
}
