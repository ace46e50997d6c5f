/**
 * A sample of accounts, whole, for when there are more landmarks than should be held in memory. Each account has a number that
 * its id and the seed decide; those with the least numbers stay, as many as the limit allows (bottom-k sampling: Cohen & Kaplan
 * 2007, "Summarizing data using bottom-k sketches"). So the sample knows nothing of outcomes, does not depend on the order of
 * the records, and is mostly the same one when some more records have come.
 */
import { sha256 } from '@noble/hashes/sha2.js'
import { utf8ToBytes } from '@noble/hashes/utils.js'

/** What a run may look at. */
export interface SampleLimit {
  /** Scheduled landmarks. */
  readonly most: number
  readonly seed: number
}

/** What was taken of how much. */
export interface Sampled {
  readonly most: number
  readonly landmarks: number
  readonly of_landmarks: number
  readonly accounts: number
  readonly of_accounts: number
}

interface AccountSample {
  /**
   * Tells of so many landmarks more of an account; its `id` is the same whatever the order of the records. false: the account is
   * not in the sample, and nothing that comes later changes that.
   */
  tell(group: number, id: string, landmarks: number): boolean
  /** Leaves accounts out until the limit holds for all that was told. */
  cut(): void
  has(group: number): boolean
  /** null where nothing had to be left out. After a cut. */
  summary(): Sampled | null
}

export function createAccountSample({ most, seed }: SampleLimit): AccountSample {
  /** By group. */
  const numbers: number[] = []
  const counts: number[] = []
  /** Accounts below it are in. */
  let threshold = Number.POSITIVE_INFINITY
  const has = (group: number): boolean => numbers[group]! < threshold
  // Accounts without a landmark were never told of: the arrays have holes.
  const all = (): number[] => [...numbers.keys()].filter((group) => numbers[group] !== undefined)
  const inside = (): number[] => all().filter(has)
  return {
    has,
    tell(group, id, landmarks) {
      numbers[group] ??= numberOf(seed, id)
      counts[group] = (counts[group] ?? 0) + landmarks
      return has(group)
    },
    cut() {
      let total = 0
      for (const group of inside().sort((a, b) => numbers[a]! - numbers[b]!)) {
        total += counts[group]!
        if (total > most) {
          threshold = numbers[group]!
          return
        }
      }
    },
    summary() {
      if (threshold === Number.POSITIVE_INFINITY) return null
      const kept = inside()
      const sum = (groups: readonly number[]): number => groups.reduce((so, group) => so + counts[group]!, 0)
      return {
        most,
        landmarks: sum(kept),
        of_landmarks: sum(all()),
        accounts: kept.length,
        of_accounts: all().length,
      }
    },
  }
}

const NUMBER_BYTES = 6

/** Uniform in [0, 2^48). */
function numberOf(seed: number, id: string): number {
  const digest = sha256(utf8ToBytes(`${seed} ${id}`))
  return digest.subarray(0, NUMBER_BYTES).reduce((number, byte) => number * 256 + byte, 0)
}
