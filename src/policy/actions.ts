/** The section `actions` of the policy: when a change is told. */
import { z } from 'zod'
import { strictFields } from '../checked-yaml.ts'

export const actionsSchema = strictFields({
  /** A band counts as left when the raw points are beyond its edge by so much. 0: at once. */
  hysteresis_points: z.number().min(0).max(50).default(2),
  /** Of changes that another model, policy or other rules made, when all leads are scored by them. Default: tell. */
  after_new_versions: z.enum(['tell', 'keep_quiet']).optional(),
}).prefault({})
