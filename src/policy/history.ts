/** The section `history` of the policy: what of a score's moves is kept for good. */
import { z } from 'zod'
import { strictFields } from '../checked-yaml.ts'

export const historySchema = strictFields({
  /** An entry when the raw points have moved by more than this since the last one; 0: whenever they have moved at all. */
  min_points: z.number().min(0).max(100).default(2),
}).prefault({})
