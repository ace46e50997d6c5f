/** The rubric as people write it (models/rubric.yaml): the form of the card, before it is known which columns there are. */
import { z } from 'zod'
import { type CheckedYaml, faultsOf, readYaml, strictFields } from '../checked-yaml.ts'
import { durationBetween } from '../features/duration.ts'
import { normaliseText } from '../features/text.ts'
import { BEHAVIOUR_LIFETIME, DAY, HOUR, parseTime } from '../glossary.ts'

const halfLife = durationBetween(HOUR, BEHAVIOUR_LIFETIME)
/** Far more than anybody writes, and sums of them are still exact. */
const points = z.number().min(-1_000_000).max(1_000_000)

const condition = {
  column: z.string().min(1),
  at_least: z.number().optional(),
  at_most: z.number().optional(),
  one_of: z.array(z.string().min(1).transform(normaliseText)).min(1).optional(),
}

const rule = strictFields({
  ...condition,
  /** What it gives where its condition holds. */
  points: points.optional(),
  /** Or so many points for each unit of the column, up to so many. Below 0 both take points away. */
  each: points.optional(),
  up_to: points.optional(),
  /** Of the events that a `.decayed` counts. */
  half_life: halfLife.optional(),
  /** What must hold besides. */
  and: z.array(strictFields(condition)).min(1).max(10).optional(),
  /** Why it counts: stands in the answer before the facts. */
  reason: z.string().trim().min(1).max(200).optional(),
})

const cardSchema = strictFields({
  /** Of events that neither the definition nor the card says more about; a rubric learns nothing. */
  half_life: halfLife.default(30 * DAY),
  /** By event, where it is another. */
  half_lives: z.record(z.string(), halfLife).default({}),
  /** Points of a lead that meets no condition. */
  base_points: points,
  /** The points were derived from outcomes known until then (`wonlost rubric suggest`). */
  learned_until: z
    .string()
    .refine((text) => !Number.isNaN(parseTime(text)), 'must be a time such as 2026-11-21T00:00:00Z')
    .optional(),
  rules: z.array(rule).min(1).max(1_000),
})

export type RubricCard = z.infer<typeof cardSchema>
export type CardRule = RubricCard['rules'][number]
export type CardCondition = NonNullable<CardRule['and']>[number]

/** Throws `rubric_invalid` with file, line and field. `fail` tells of what else is found wrong with the card. */
export function readCard(text: string, file: string): { card: RubricCard; fail: CheckedYaml['fail'] } {
  const { value, fail } = readYaml(text, file, 'rubric_invalid')
  const parsed = cardSchema.safeParse(value)
  if (!parsed.success) return fail(faultsOf(parsed.error, value))
  return { card: parsed.data, fail }
}
