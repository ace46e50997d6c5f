/** Whether guardrails do what their tests say, and whether each rule can hold: without any data. */
import type { Milliseconds } from '../glossary.ts'
import type { Guardrails } from '../guardrails/guardrails.ts'
import { findRuleFaults, type RuleFault } from '../guardrails/logic/find-faults.ts'
import { type FailedTest, runRuleTests } from './run-rule-tests.ts'

export interface CheckedGuardrails {
  readonly rules: number
  readonly tests: { readonly passed: number; readonly failed: readonly FailedTest[] }
  readonly findings: readonly RuleFault[]
}

/** `models`: names of those that have scores. `now`: the moment of tests that name none. */
export function checkGuardrails(
  guardrails: Guardrails,
  models: readonly string[],
  now: Milliseconds,
): CheckedGuardrails {
  const { rules, tests } = guardrails
  const failed = runRuleTests(guardrails, now)
  return {
    rules: rules.length,
    tests: { passed: tests.length - failed.length, failed },
    findings: findRuleFaults(guardrails, { models, now }),
  }
}
