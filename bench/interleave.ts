/** Measures contenders in turn, so that whatever else the machine does hits all of them alike. */

export interface Contender {
  readonly who: string
  /** Does the work once; what it took, in the unit of the case. */
  readonly measure: () => Promise<number>
}

interface Rounds {
  /** Counted ones; one more, the first, is a warm-up. */
  readonly repeats: number
  readonly signal: AbortSignal
  readonly say: (text: string) => void
}

/** Samples of each contender, in the order given; one a counted round. */
export async function interleave(contenders: readonly Contender[], rounds: Rounds): Promise<number[][]> {
  const samples = contenders.map((): number[] => [])
  for (let round = 0; round <= rounds.repeats; round++) {
    const told: string[] = []
    for (const [c, { who, measure }] of contenders.entries()) {
      rounds.signal.throwIfAborted()
      const sample = await measure()
      told.push(`${who} ${sample.toPrecision(3)}`)
      if (round > 0) samples[c]!.push(sample)
    }
    rounds.say(`    ${round === 0 ? 'warm-up' : `round ${round}`}: ${told.join(', ')}`)
  }
  return samples
}
