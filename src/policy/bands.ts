/** Bands: named ranges of the score, of everyone or of a segment, and the band that a score lies in. */
import { z } from 'zod'
import { type Fault, strictFields } from '../checked-yaml.ts'
import { actionText, duration, policyName } from './fields.ts'

const scoreBound = z.int().min(0).max(100)

/** Above it the band begins; the lowest band has none. */
const probabilityBound = z.number().gt(0).lt(1).optional()

const bandSchema = strictFields({
  name: policyName,
  from: scoreBound,
  to: scoreBound,
  from_probability: probabilityBound,
  action: actionText,
  respond_within: duration,
})

export const bandsSchema = z.array(bandSchema).min(1).max(100)

const rangesSchema = z
  .array(
    strictFields({ name: policyName, from: scoreBound, to: scoreBound, from_probability: probabilityBound }),
  )
  .max(100)

/** By name of a segment: other ranges for the same bands. */
export const segmentBandsSchema = z.record(policyName, rangesSchema).default({})

export type Band = Readonly<z.infer<typeof bandSchema>>

/** What `bandAt` needs of a band: names and ranges, the lowest first. */
export type BandRange = Pick<Band, 'name' | 'from' | 'to' | 'from_probability'>

/**
 * The band of a score. Bands that say `from_probability` go by the probability wherever there is one: the highest band whose bound it
 * reaches. Else, and for a rubric, which has none, by the score.
 * @param score An integer from 0 to 100; the bands cover all of them.
 */
export function bandAt<Range extends BandRange>(
  bands: readonly Range[],
  score: number,
  probability: number | null = null,
): Range {
  const isByProbability = probability !== null && bands.at(-1)?.from_probability !== undefined
  const band = isByProbability
    ? bands.findLast(({ from_probability: from }) => from === undefined || probability >= from)
    : bands.find(({ to }) => score <= to)
  if (!band) throw new RangeError(`A score lies between 0 and 100, not at ${score}`)
  return band
}

/** Names of their own; from 0 to 100 without gap or overlap; probabilities that rise, of all but the lowest or of none. */
export function bandFaults(bands: readonly BandRange[], taken: readonly string[]): Fault[] {
  const names = new Set(taken)
  const twice = bands.flatMap(({ name }, index): Fault[] => {
    if (!names.has(name)) {
      names.add(name)
      return []
    }
    const message = `must be none of ${[...names].join(', ')}. Given: "${name}".`
    return [{ path: ['bands', index, 'name'], message }]
  })
  return [...twice, ...rangeFaults(bands, ['bands'])]
}

/** The bands of everyone, in the same order, with ranges of their own. */
export function segmentBandFaults(bands: readonly BandRange[], segment: string, own: readonly BandRange[]) {
  const path = ['segment_bands', segment]
  const names = bands.map(({ name }) => name)
  const other = own.findIndex(({ name }, index) => name !== names[index])
  if (other >= 0 || own.length !== names.length) {
    const given = own.map(({ name }) => name).join(', ') || 'none'
    const message = `must be the bands of everyone, in their order: ${names.join(', ')}. Given: ${given}.`
    return [{ path: other >= 0 ? [...path, other, 'name'] : path, message }]
  }
  return rangeFaults(own, path)
}

function rangeFaults(bands: readonly BandRange[], path: readonly PropertyKey[]): Fault[] {
  const faults: Fault[] = []
  let expected = 0
  bands.forEach((band, index) => {
    const wrong = (field: string, message: string) => faults.push({ path: [...path, index, field], message })
    if (band.from !== expected) {
      const problem = band.from > expected ? 'leaves a gap' : 'overlaps with the band before it'
      wrong('from', `must be ${expected}: "${band.name}" ${problem}. Given: ${band.from}.`)
    }
    if (band.to < band.from) {
      wrong(
        'to',
        `must be from ${band.from} to 100: "${band.name}" ends before it begins. Given: ${band.to}.`,
      )
    }
    if (index === bands.length - 1 && band.to !== 100) {
      wrong('to', `must be 100, so that every score has a band. Given: ${band.to}.`)
    }
    expected = band.to + 1
  })
  return [...faults, ...probabilityFaults(bands, path)]
}

function probabilityFaults(bands: readonly BandRange[], path: readonly PropertyKey[]): Fault[] {
  if (bands.every(({ from_probability: from }) => from === undefined)) return []
  return bands.flatMap(({ name, from_probability: from }, index): Fault[] => {
    const at = [...path, index]
    const field = [...at, 'from_probability']
    if (index === 0) {
      const message = `must be left out: "${name}" is the lowest band and begins at 0. Given: ${from}.`
      return from === undefined ? [] : [{ path: field, message }]
    }
    if (from === undefined) {
      const message = `from_probability is required, above 0 and below 1: where one band has it, all but the lowest must. "${name}" has none.`
      return [{ path: at, message }]
    }
    const before = bands[index - 1]?.from_probability ?? 0
    if (from > before) return []
    const message = `must be more than ${before}, where the band before it begins. Given: ${from}.`
    return [{ path: field, message }]
  })
}
