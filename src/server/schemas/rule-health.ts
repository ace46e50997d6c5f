/** GET /v1/guardrails/hits and POST /v1/guardrails/check. */
import { z } from 'zod'
import type { CheckedGuardrails } from '../../scoring/check-guardrails.ts'
import { closed } from './closed.ts'
import { shownTime } from './common.ts'
import { backtestBody } from './guardrails.ts'

const count = z.int().min(0)

export const hitsSchema = z
  .strictObject({
    counted_at: shownTime.describe('Counts are up to a minute old.'),
    guardrails_version: z.string(),
    share: z
      .number()
      .gt(0)
      .max(1)
      .describe('Of the stored verdicts that were looked at. Below 1 the counts are estimates.'),
    leads: count.describe('That have a verdict.'),
    rules: z
      .array(
        z.strictObject({
          id: z.string(),
          owner: z.string(),
          reason: z.string(),
          action: z.string().describe('disqualify, review, cap, raise or exclude.'),
          line: z.int().describe('In the file.'),
          in_force: z.boolean().describe('false: before its first day, or after its last.'),
          leads: count.describe('For whom it held when they were scored last.'),
        }),
      )
      .describe('In the order in which they are asked.'),
    former: z
      .array(z.strictObject({ id: z.string(), leads: count }))
      .describe('Rules of other versions that stored verdicts still name.'),
  })
  .meta({
    id: 'RuleHits',
    example: {
      ...{ counted_at: '2026-11-21T12:00:00Z', guardrails_version: '9', share: 1, leads: 4000 },
      rules: [
        {
          ...{ id: 'competitor', owner: 'marketing operations', reason: 'Works for a competitor.' },
          ...{ action: 'disqualify', line: 12, in_force: true, leads: 37 },
        },
      ],
      former: [],
    },
  })

export const checkBody = closed({
  guardrails: backtestBody.shape.guardrails.describe(
    'Changed guardrails, whole, as YAML. Default: those in force.',
  ),
}).meta({ id: 'GuardrailsCheckRequest', example: {} })

export const checkSchema: z.ZodType<CheckedGuardrails> = z
  .strictObject({
    rules: count,
    tests: z.strictObject({
      passed: count,
      failed: z.array(
        z.strictObject({
          name: z.string(),
          line: z.int().describe('In the file.'),
          differences: z.array(z.string()).describe('What was expected, and what came.'),
        }),
      ),
    }),
    findings: z
      .array(
        z.strictObject({
          kind: z.enum([
            ...['expired', 'far_off', 'unknown_model', 'impossible_value', 'never', 'never_unless_list'],
            ...['always', 'duplicate', 'redundant', 'contradiction'],
          ] as CheckedGuardrails['findings'][number]['kind'][]),
          rule: z.string(),
          other: z.string().nullable(),
          line: z.int(),
          text: z.string(),
        }),
      )
      .describe('Rules that can never hold, always do, or say the same twice.'),
  })
  .meta({ id: 'GuardrailsCheck' })
