/**
 * Where somebody stands, for bands that may begin elsewhere. Not the score alone says so: a rule may cap or raise, a segment may have
 * bands of its own, which do not move, and bands may go by the probability.
 */
import { decide, type PolicyInput } from '../../src/policy/decide.ts'
import { bandsFor, type Policy } from '../../src/policy/policy.ts'

/**
 * One a band, the lowest first: the highest line at which the band could begin and still hold who stands there, or a higher band would.
 * From -1 (no line) to 100 (any); it never rises from band to band.
 */
export type Levels = readonly number[]

/** Above every line, and below. */
const ALWAYS = 100
const NEVER = -1

/** The band that begins highest of those that hold; -1: none, as of who is disqualified. */
export function bandWith(levels: Levels, starts: readonly number[]): number {
  const first = starts.findIndex((start, band) => levels[band]! < start)
  return (first < 0 ? starts.length : first) - 1
}

/** The higher of both, band by band: of somebody at two moments, or of two people. */
export function higherOf(a: Levels, b: Levels): Levels {
  return a.map((level, band) => Math.max(level, b[band]!))
}

export interface Standing {
  /** For other lines than those in force. */
  readonly movable: Levels
  /** The band in force, whatever the lines. */
  readonly inForce: Levels
}

/**
 * How a policy places leads; null: who has no score of the model that decides.
 * @param probabilities By line, 1 to 100, where bands go by probability: how probable a lead on the line is; it rises.
 */
export function createPlacing(
  policy: Policy,
  probabilities: readonly number[] | null,
): (input: PolicyInput) => Standing | null {
  const { bands, decided_by: decidedBy } = policy
  const placeOf = (name: string | null): number => bands.findIndex((band) => band.name === name)
  // Few differ: each is kept once, however many leads stand there.
  const known = new Map<string, Levels>()
  const levelsOf = (level: number, highest: number, lowest: number): Levels => {
    const key = `${level} ${highest} ${lowest}`
    let levels = known.get(key)
    if (!levels) {
      levels = bands.map((_, band) => (band <= lowest ? ALWAYS : band <= highest ? level : NEVER))
      known.set(key, levels)
    }
    return levels
  }
  const isByProbability = bands.at(-1)?.from_probability !== undefined
  const lineOf = ({ score, probability }: { score: number; probability: number | null }): number => {
    if (!isByProbability || !probabilities || probability === null) return score
    const above = probabilities.findIndex((least) => probability < least)
    return above < 0 ? probabilities.length : above
  }
  return (input) => {
    const score = input.scores[decidedBy]
    if (!score) return null
    const now = placeOf(decide(policy, null, input).band)
    const inForce = levelsOf(NEVER, now, now)
    if (now < 0 || bandsFor(policy, input.segments) !== policy.bands) return { movable: inForce, inForce }
    const highest = placeOf(input.cap)
    // Everybody is in the lowest band, at least.
    const movable = levelsOf(
      lineOf(score),
      highest < 0 ? bands.length - 1 : highest,
      Math.max(0, placeOf(input.raise)),
    )
    return { movable, inForce }
  }
}
