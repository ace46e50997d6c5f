/** Policies that are tried out, and the amounts behind expected values. */
import { z } from 'zod'
import type { PolicySimulation } from '../../jobs/simulate-policy.ts'
import { closed } from './closed.ts'
import { shownTime } from './common.ts'

const LONGEST_POLICY = 200_000

const EXAMPLE = `decided_by: conversion
bands:
  - { name: cold, from: 0, to: 60, action: nurture, respond_within: null }
  - { name: hot, from: 61, to: 100, action: call, respond_within: PT1H }
verdicts:
  disqualified: { action: do not contact, respond_within: null }
  review: { action: complete the data, respond_within: P2D }
  unscored: { action: none, respond_within: null }
routes:
  - { name: hot, when: { band: hot }, queue: sales }
  - { name: rest, queue: marketing }
`

export const simulateBody = closed({
  policy: z
    .string('must be the text of a policy, as YAML')
    .min(1, 'must not be empty')
    .max(LONGEST_POLICY, `must not be longer than ${LONGEST_POLICY} characters`)
    .describe('The changed policy, whole, as YAML.'),
  examples: z
    .int('must be a whole number from 0 to 100')
    .min(0, 'must be a whole number from 0 to 100')
    .max(100, 'must be a whole number from 0 to 100')
    .optional()
    .describe('Leads to name at most, of those whose band, action or route changes. Default: 10.'),
}).meta({
  id: 'PolicySimulationRequest',
  example: { policy: EXAMPLE, examples: 5 },
})

const count = z.int().min(0)
const nullable = z.string().nullable()
const counts = z.array(z.strictObject({ value: nullable, in_force: count, changed: count }))
const moves = z.array(z.strictObject({ from: nullable, to: nullable, leads: count }))
const side = z.strictObject({ band: nullable, action: nullable, route: nullable })

export const simulationSchema: z.ZodType<PolicySimulation> = z
  .strictObject({
    policy_version: z.string().describe('Of the policy in force, with which the changed one is compared.'),
    decided_by_others: count.describe('Leads whose stored decision another version made.'),
    not_comparable: count.describe('Leads scored before what policies look at was kept. Score them anew.'),
    leads: count.describe('Leads that were compared.'),
    changed: z.strictObject({
      leads: count.describe('Leads of whom anything changes.'),
      band: count,
      grade: count,
      action: count,
      respond_within: count,
      grade_action: count,
      quadrant: count,
      route: count,
      nurture: count,
      expected_value: count,
    }),
    counts: z
      .strictObject({ band: counts, action: counts, route: counts })
      .describe('Leads by value, under the policy in force and under the changed one.'),
    moves: z.strictObject({ band: moves, action: moves, route: moves }).describe('The largest first.'),
    examples: z.array(z.strictObject({ lead_id: z.string(), in_force: side, changed: side })),
  })
  .meta({ id: 'PolicySimulation' })

export const amountsSchema = z
  .strictObject({
    version: z.string().nullable().describe('As in `amounts_version` of answers; null: none was computed.'),
    as_of: shownTime.nullable().describe('Deals won before it, in two years, were looked at.'),
    currency: z.string().nullable().describe('Of the policy; null where it has no expected values.'),
    least_won_deals: z.int().nullable().describe('A segment with fewer takes the median of everyone.'),
    medians: z.array(
      z.strictObject({ segment: nullable.describe('null: everyone.'), median: z.number(), won_deals: count }),
    ),
  })
  .meta({ id: 'WonAmounts' })
