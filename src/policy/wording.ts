/** Words of reasons, as the policy has them: templates for a feature or a group of them, read and checked. */
import { z } from 'zod'
import { strictFields } from '../checked-yaml.ts'
import { parseTemplate, type WordingTemplate } from '../wording-template.ts'

const LONGEST = 300
const MOST = 10
const text = z.string().trim().min(1).max(LONGEST)

/** One, or several: the first of which everything can be told is used. */
const templates = z
  .union([text, z.array(text).min(1).max(MOST)], {
    error: `must be a template of 1 to ${LONGEST} characters, or a list of 1 to ${MOST} of them`,
  })
  .transform((given, context): readonly WordingTemplate[] => {
    const parsed = [given].flat().map(parseTemplate)
    for (const [index, one] of parsed.entries()) {
      if ('fault' in one)
        context.addIssue({ code: 'custom', message: one.fault, path: Array.isArray(given) ? [index] : [] })
    }
    return parsed.flatMap((one) => ('template' in one ? [one.template] : []))
  })

const byName = z.record(z.string().trim().min(1).max(200), templates).default({})

export const wordingSchema = strictFields({
  /** By name of a column, or of the feature that it is of: `pricing_page_viewed.decayed`, `pricing_page_viewed`. */
  features: byName,
  /** By name of a group: the words of the whole reason, told of the feature in it that speaks loudest. */
  groups: byName,
}).prefault({})

type Wording = Readonly<z.infer<typeof wordingSchema>>

/** The templates for a column; of its own name before those of its feature. */
export function featureTemplates({ features }: Wording, column: string): readonly WordingTemplate[] {
  if (Object.hasOwn(features, column)) return features[column]!
  const dot = column.indexOf('.')
  const feature = dot < 0 ? column : column.slice(0, dot)
  return Object.hasOwn(features, feature) ? features[feature]! : []
}

export function groupTemplates({ groups }: Wording, group: string): readonly WordingTemplate[] {
  return Object.hasOwn(groups, group) ? groups[group]! : []
}
