/** A changed policy tried on the stored scores: nothing is computed anew, nothing is kept. */
import type pg from 'pg'
import { streamPolicyInputs } from '../db/policy-inputs.ts'
import { comparePolicies, type PolicyComparison } from '../scoring/compare-policies.ts'
import type { PolicyInput } from '../scoring/decision.ts'
import type { Engine } from '../scoring/engine.ts'
import { fromKeptInput } from './kept-input.ts'

export interface PolicySimulation extends PolicyComparison {
  /** Of the policy in force, which the changed one is compared with. */
  readonly policy_version: string
  /** Leads whose stored decision another version made: they are compared as the one in force decides, which takes effect when they are scored. */
  readonly decided_by_others: number
  /** Leads that were scored before what policies look at was kept: not among `leads`. */
  readonly not_comparable: number
}

/** The stored scores, decided by a changed policy beside the one in force. */
export async function simulatePolicy(
  pool: pg.Pool,
  engine: Engine,
  changed: Omit<Engine['policy'], 'version'>,
  mostExamples: number,
): Promise<PolicySimulation> {
  const comparison = comparePolicies(engine, changed, mostExamples)
  let others = 0
  let notComparable = 0
  for await (const page of streamPolicyInputs(pool))
    for (const { leadId, scores, verdict, input, policyVersion } of page) {
      if (input === null) {
        notComparable += 1
        continue
      }
      if (policyVersion !== engine.policy.version) others += 1
      comparison.see(leadId, fromKeptInput(input, { scores, verdict: verdict as PolicyInput['verdict'] }))
    }
  return {
    policy_version: String(engine.policy.version),
    decided_by_others: others,
    not_comparable: notComparable,
    ...comparison.read(),
  }
}
