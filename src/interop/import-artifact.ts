/** An artifact of a model that another program trained: its trees on the columns of a definition. */
import { suggestion } from '../checked-yaml.ts'
import { WonlostError } from '../errors.ts'
import { type Definition, definitionToPlain } from '../features/definition.ts'
import type { ImportedArtifact } from '../model/artifact.ts'
import { canonicalJson } from '../model/canonical.ts'
import { parseArtifact } from '../model/parse-artifact.ts'
import { bindTrees, usedFeatures } from './bind-trees.ts'
import type { FeatureMap } from './feature-map.ts'
import type { FileModel } from './file-model.ts'
import { mapColumns } from './map-columns.ts'

/**
 * `name` is that of the model; the definition takes it. Columns that no split asks for are computed and add nothing. `cutoff` is
 * ISO 8601: what the training of the model could know. `file` is for messages.
 * Throws `map_invalid` for features that the file does not have, or that it splits by and the map leaves out, and for columns and
 * categories that the definition does not have; `model_unsupported` for a category split on a number; `artifact_invalid`
 * for trees that nothing could serve (too deep).
 */
export function importArtifact(
  model: FileModel,
  map: FeatureMap,
  from: {
    readonly definition: Definition
    readonly name: string
    /** Of the definition, by name; '' is everyone. */
    readonly segment: string
    readonly cutoff: string
    readonly file: string
  },
): ImportedArtifact {
  const { definition, name, segment, cutoff, file } = from
  checkFeatures(model, map, file)
  const { registry, bindings } = mapColumns(map, definition)
  const bound = model.featureNames.map((feature) => bindings.get(feature) ?? null)
  const artifact: ImportedArtifact = {
    format: 'wonlost.artifact',
    format_version: 1,
    name,
    segment,
    kind: 'imported',
    definition: { ...definitionToPlain(registry.definition), name },
    vocabularies: Object.fromEntries(
      Object.entries(registry.vocabularies).map(([feature, values]) => [feature, [...values]]),
    ),
    columns: registry.columns.map((column) =>
      column.kind === 'category' ? { ...column, categories: [...column.categories] } : { ...column },
    ),
    fingerprint: registry.fingerprint,
    base_score: model.baseScore,
    trees: bindTrees(model, bound, file),
    rounding: model.rounding,
    calibration: { kind: 'identity' },
    training: { rows: 0, positives: 0, subjects: 0, seed: 0, cutoff },
  }
  parseArtifact(canonicalJson(artifact), file)
  return artifact
}

function checkFeatures(model: FileModel, map: FeatureMap, file: string): void {
  const names = model.featureNames
  const known = new Set<string>()
  for (const name of names) {
    if (known.has(name)) {
      const message = `${file}: two features are called "${name}", so that a map cannot tell them apart.`
      throw new WonlostError('model_unsupported', message, { file })
    }
    known.add(name)
  }
  for (const { feature } of map.features) {
    if (known.has(feature)) continue
    map.fail(
      feature,
      `the model has no feature "${feature}"${suggestion(feature, names)}; allowed: ${listed(names)}.`,
    )
  }
  const mapped = new Set(map.features.map(({ feature }) => feature))
  const left = usedFeatures(model).flatMap((feature) =>
    mapped.has(names[feature]!) ? [] : [names[feature]!],
  )
  if (left.length === 0) return
  const message = `The map leaves out features that the model splits by: ${listed(left)}. Name a column for each under features.`
  throw new WonlostError('map_invalid', message, { field: `features.${left[0]}` })
}

const LISTED = 50

function listed(names: readonly string[]): string {
  const more = names.length - LISTED
  return `${names.slice(0, LISTED).join(', ')}${more > 0 ? ` and ${more} more` : ''}`
}
