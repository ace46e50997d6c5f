/** The section `feedback` of the policy: why sales may reject a lead, and what the report of feedback measures by. */
import { z } from 'zod'
import { type Fault, strictFields } from '../checked-yaml.ts'
import { policyName } from './fields.ts'

const REASONS = [
  { name: 'not_reachable', label: 'Did not answer, or cannot be reached' },
  { name: 'no_need', label: 'Has no need for it' },
  { name: 'no_budget', label: 'Has no budget' },
  { name: 'bad_timing', label: 'Not now' },
  { name: 'wrong_person', label: 'Neither decides nor has a say' },
  { name: 'wrong_company', label: 'Not a company we sell to' },
  { name: 'competitor', label: 'Works for a competitor' },
  { name: 'not_genuine', label: 'Not a genuine enquiry: a student, an applicant, a supplier, nonsense' },
  { name: 'duplicate', label: 'Is there twice, or somebody works on it already' },
  { name: 'other', label: 'Something else; the comment says what' },
]

export const feedbackSchema = strictFields({
  rejection_reasons: z
    .array(strictFields({ name: policyName, label: z.string().trim().min(1).max(200) }))
    .min(1)
    .max(50)
    .default(REASONS),
  response_events: z.array(z.string().min(1).max(128)).max(50).default([]),
  hand_off: policyName.optional(),
}).prefault({})

type FeedbackSection = z.infer<typeof feedbackSchema>

export function feedbackFaults(
  { rejection_reasons: reasons, hand_off: handOff }: FeedbackSection,
  bandNames: readonly string[],
): Fault[] {
  const names = reasons.map(({ name }) => name)
  const repeated = names.flatMap((name, index): Fault[] =>
    names.indexOf(name) === index
      ? []
      : [
          {
            path: ['feedback', 'rejection_reasons', index, 'name'],
            message: `must be a name of its own. Given: "${name}".`,
          },
        ],
  )
  if (handOff === undefined || bandNames.includes(handOff)) return repeated
  const message = `must be a band: ${bandNames.join(', ')}. Given: "${handOff}".`
  return [...repeated, { path: ['feedback', 'hand_off'], message }]
}
