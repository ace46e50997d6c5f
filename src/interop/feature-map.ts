/** The map of `import-model`: which feature of the file is which column of a definition, in YAML that people write. */
import { z } from 'zod'
import { type CheckedYaml, faultsOf, readYaml, strictFields } from '../checked-yaml.ts'

const name = z.string().trim().min(1).max(500)
const code = z.number()
/** What stands in the place of a missing value: a number, or nothing at all. */
const missing = z.union([z.number(), z.literal('nan')], 'must be a number, or nan')

const entry = strictFields({
  column: name,
  /** Names in the order of their codes, or names with their codes. */
  categories: z
    .union(
      [z.array(name).min(1).max(10_000), z.record(name, code)],
      'must list the categories in the order of their codes, or give each its code',
    )
    .optional(),
  /** The feature is 1 where the column is this category, else 0. */
  is: name.optional(),
  missing: missing.optional(),
})

const schema = strictFields({
  missing: missing.default('nan'),
  features: z.record(
    z.string().min(1),
    z.union([name, entry], 'must be the name of a column, or column with categories, is or missing'),
  ),
})

/** One feature of the file. */
export interface MappedFeature {
  readonly feature: string
  readonly column: string
  /** Code in the file of each category, by name as it is written; null where none are given. */
  readonly categories: ReadonlyMap<string, number> | null
  readonly is: string | null
  /** NaN where a missing value is left missing. A feature with `is` is 0 then, unless the map says otherwise. */
  readonly missing: number
}

export interface FeatureMap {
  readonly features: readonly MappedFeature[]
  /** Throws `map_invalid` at the line of the feature. */
  fail(feature: string, message: string, field?: keyof z.infer<typeof entry>): never
}

/** `file` is for messages. Throws `map_invalid` with file, line and field. */
export function parseFeatureMap(yaml: string, file: string): FeatureMap {
  const document = readYaml(yaml, file, 'map_invalid')
  const parsed = schema.safeParse(document.value)
  if (!parsed.success) return document.fail(faultsOf(parsed.error, document.value))
  const { missing: usual } = parsed.data
  const features = Object.entries(parsed.data.features).map(([feature, given]): MappedFeature => {
    const said = typeof given === 'string' ? { column: given } : given
    if (said.categories !== undefined && said.is !== undefined)
      failAt(document, [feature, 'is'], 'stands beside categories; a feature has one of them.')
    const stands = said.missing ?? (said.is === undefined ? usual : 0)
    return {
      feature,
      column: said.column,
      categories: readCodes(said.categories, (category) =>
        failAt(document, [feature, 'categories'], `"${category}" is there twice.`),
      ),
      is: said.is ?? null,
      missing: stands === 'nan' ? Number.NaN : stands,
    }
  })
  return {
    features,
    fail: (feature, message, field) =>
      failAt(
        document,
        typeof parsed.data.features[feature] === 'string' || !field ? [feature] : [feature, field],
        message,
      ),
  }
}

function failAt(document: CheckedYaml, path: readonly string[], message: string): never {
  return document.fail([{ path: ['features', ...path], message }])
}

function readCodes(
  given: string[] | Record<string, number> | undefined,
  failTwice: (category: string) => never,
): ReadonlyMap<string, number> | null {
  if (given === undefined) return null
  const codes = new Map<string, number>()
  for (const [category, code] of Array.isArray(given)
    ? given.map((category, position) => [category, position] as const)
    : Object.entries(given)) {
    if (codes.has(category)) failTwice(category)
    codes.set(category, code)
  }
  return codes
}
