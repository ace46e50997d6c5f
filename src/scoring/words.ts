/** The words of a column's value: those of the policy where it has a template that can be filled, else those of the feature. */
import { fillFirst } from '../explain/fill-template.ts'
import type { Facts } from '../features/facts.ts'
import type { FittedRegistry } from '../features/registry.ts'
import type { Policy } from '../policy/policy.ts'
import { featureTemplates, groupTemplates } from '../policy/wording.ts'

/** `column` is the index of the column, `value` what its row holds. */
export function columnWords(
  registry: FittedRegistry,
  { wording }: Policy,
  facts: Facts,
  column: number,
  value: number,
): string {
  const templates = featureTemplates(wording, registry.columns[column]!.name)
  const filled = templates.length > 0 ? fillFirst(templates, registry.tell(facts, column, value)) : null
  return filled ?? registry.describe(facts, column, value)
}

/** The words of a reason: of its group where the policy has some, else `text`, those of the column in it that speaks loudest. */
export function groupWords(
  registry: FittedRegistry,
  { wording }: Policy,
  facts: Facts,
  column: number,
  value: number,
  text: string,
): string {
  const templates = groupTemplates(wording, registry.columns[column]!.group)
  if (templates.length === 0) return text
  return fillFirst(templates, { ...registry.tell(facts, column, value), text }) ?? text
}
