/** Whether a trait that a file would bring gives the outcome away. */
import { fieldKey, snakeCase } from '../field-names.ts'
import { outcomeFieldReason, withoutCustomEnding } from '../outcome-fields.ts'
import type { MapObject } from './map-object.ts'
import type { PlanNote } from './row-plan.ts'

/**
 * What is to be told of it: left out, or taken all the same because the map says why; null when it is honest. `source` is the name in
 * the file. A trait of our own is honest under its own name (funding_stage), and not when something else feeds it.
 */
export function judgeTrait(
  target: string,
  source: string,
  isOwn: boolean,
  object: MapObject | null,
): Pick<PlanNote, 'code' | 'reason'> | null {
  if (isOwn && fieldKey(source) === target) return null
  const reason = outcomeFieldReason(source) ?? (isOwn ? null : outcomeFieldReason(target))
  if (reason === null) return null
  const names = [source, withoutCustomEnding(source)].flatMap((name) => [fieldKey(name), snakeCase(name)])
  const lifted = [...names, target].map((name) => object?.lift.get(name)).find((why) => why !== undefined)
  return lifted === undefined ? { code: 'outcome_field', reason } : { code: 'lifted', reason: lifted }
}
