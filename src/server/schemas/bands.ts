/** GET /v1/policy/distribution and POST /v1/policy/proposal. */
import { z } from 'zod'
import type { ProposedBands } from '../../scoring/propose-bands.ts'
import { closed } from './closed.ts'
import { nameSchema, shownTime } from './common.ts'

const score = z.int().min(0).max(100)
const count = z.int().min(0)

export const distributionSchema = z
  .strictObject({
    counted_at: shownTime.describe('Counts are up to a minute old.'),
    policy_version: z.string(),
    model: z.string().describe('The one that decides.'),
    share: z
      .number()
      .gt(0)
      .max(1)
      .describe('Of the stored scores that were looked at. Below 1 the counts are estimates.'),
    new_since: shownTime.describe('Four weeks ago.'),
    crossings: z
      .strictObject({ since: shownTime, weeks: z.number().gt(0), share: z.number().gt(0).max(1) })
      .nullable()
      .describe('What crossings were counted over; null: scores are not kept for a week yet.'),
    lines: z
      .array(
        z.strictObject({
          score,
          leads: count.describe('Those who have this score, and stand in its band by it alone.'),
          expected_wins: z
            .number()
            .nullable()
            .describe(
              'Sum of their probabilities: targets reached within the horizon. Divided by `leads`, the precision. null: without a probability.',
            ),
          new_leads: count.describe('Of them, those that came into being since `new_since`.'),
          crossings: z
            .number()
            .nullable()
            .describe(
              'Leads a week that reach this score from below, or with their first one. What another version of the model says of a lead at first is no crossing.',
            ),
          probability: z
            .number()
            .nullable()
            .describe(
              'From which on a lead has this score, by the model for everyone; null: of 0, or not known.',
            ),
        }),
      )
      .describe('One for each score, 0 to 100: a band holds the sum of its lines.'),
    fixed: z
      .array(z.strictObject({ band: z.string(), leads: count }))
      .describe(
        'Leads that no edge moves: stopped, capped or raised by a rule, or in a segment with bands of its own.',
      ),
  })
  .meta({
    id: 'ScoreDistribution',
    example: {
      counted_at: '2026-11-21T12:00:00Z',
      policy_version: '4',
      model: 'conversion',
      share: 1,
      new_since: '2026-10-24T12:00:00Z',
      crossings: { since: '2026-10-24T12:00:00Z', weeks: 4, share: 1 },
      lines: [{ score: 81, leads: 12, expected_wins: 3.9, new_leads: 4, crossings: 2.5, probability: 0.31 }],
      fixed: [{ band: 'disqualified', leads: 40 }],
    },
  })

export const proposalBody = closed({
  starts: z
    .record(nameSchema, z.int('must be a whole number from 1 to 100').min(1).max(100))
    .describe(
      'By name of a band above the lowest, the lowest score in it. Bands that are not named begin where they do.',
    ),
}).meta({ id: 'BandsProposalRequest', example: { starts: { hot: 75 } } })

export const proposalSchema: z.ZodType<ProposedBands & { policy_version: string }> = z
  .strictObject({
    policy_version: z.string().describe('Of the policy in force, which was changed.'),
    policy: z
      .string()
      .describe('The whole policy as it would be, as YAML: for review, and POST /v1/policy/simulate.'),
    bands: z.string().describe('Its section `bands`.'),
    moved: z.array(z.string()).describe('The bands that begin elsewhere than now.'),
  })
  .meta({ id: 'BandsProposal' })
