/** What the policy looked at, as it is kept beside the scores of a lead: without scores and verdict, which stand in their own columns. */
import type { PolicyInput } from '../scoring/decision.ts'

type KeptInput = Omit<PolicyInput, 'scores' | 'verdict'>

export function toKeptInput({
  cap,
  raise,
  segments,
  country,
  source,
  consent,
  openDeal,
}: PolicyInput): object {
  const kept: KeptInput = { cap, raise, segments, country, source, consent, openDeal }
  return kept
}

/** `kept` as `toKeptInput` gave it. */
export function fromKeptInput(kept: unknown, said: Pick<PolicyInput, 'scores' | 'verdict'>): PolicyInput {
  return { ...(kept as KeptInput), ...said }
}
