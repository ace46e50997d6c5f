/** A test inside the file: a lead, and what should happen to it. Run by `guardrails check`, through the same facts as scoring. */
import { z } from 'zod'
import { type Fault, strictFields, suggestion } from '../checked-yaml.ts'
import { VERDICT_STATUSES } from '../glossary.ts'
import { dateSchema } from './date-operators.ts'

const VALUE = 'must be text, a number, true or false, or a list of text'
const traits = z.record(
  z.string().min(1),
  z.union([z.string(), z.number(), z.boolean(), z.array(z.string())], VALUE),
)
const modelName = z.string().min(1)

export const ruleTestSchema = strictFields({
  /** What it is about, in words. */
  name: z.string().min(1),
  lead: traits.default({}),
  account: traits.default({}),
  events: z
    .array(
      strictFields({
        type: z.string().min(1),
        days_ago: z.number().min(0).max(36_500).default(1),
        properties: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).default({}),
      }),
    )
    .default([]),
  /** First touch. */
  created_days_ago: z.number().min(0).max(36_500).default(30),
  /** The account has won a deal. */
  customer: z.boolean().default(false),
  /** By model, 0 to 100; a model that is not here does not apply. */
  scores: z.record(modelName, z.int('must be a whole number').min(0).max(100)).default({}),
  probabilities: z.record(modelName, z.number().min(0).max(1)).default({}),
  grade: z
    .string()
    .regex(/^[A-D][1-4]$/, 'must be a letter from A to D and a digit from 1 to 4, such as B2')
    .optional(),
  /** Default: when the check runs. */
  as_of: dateSchema.optional(),
  expect: z.enum(VERDICT_STATUSES),
  /** Exactly these hold, in any order. Not looked at where it is not given; nor are the others. */
  rules: z.array(z.string().min(1)).optional(),
  cap: z.string().min(1).nullable().optional(),
  raise: z.string().min(1).nullable().optional(),
  excluded_channels: z.array(z.string().min(1)).optional(),
})

export type RuleTest = Readonly<z.infer<typeof ruleTestSchema>> & {
  /** In the file. */
  readonly line: number
}

/** Rules and bands that there are not. */
export function ruleTestFaults(
  test: RuleTest,
  index: number,
  ids: readonly string[],
  bands: readonly string[],
): Fault[] {
  const unknown = (what: string, given: string, allowed: readonly string[]): string =>
    `must be ${what}${suggestion(given, allowed)}: ${allowed.join(', ') || 'none'}. Given: "${given}".`
  const ofRules = (test.rules ?? []).flatMap((id, place): Fault[] =>
    ids.includes(id)
      ? []
      : [{ path: ['tests', index, 'rules', place], message: unknown('the id of a rule', id, ids) }],
  )
  const ofBands = (['cap', 'raise'] as const).flatMap((field): Fault[] => {
    const band = test[field]
    if (typeof band !== 'string' || bands.includes(band)) return []
    return [{ path: ['tests', index, field], message: unknown('a band of the policy', band, bands) }]
  })
  return [...ofRules, ...ofBands]
}
