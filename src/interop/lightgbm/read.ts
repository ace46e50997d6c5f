/**
 * Reads the text that LightGBM's `save_model` and `model_to_string` write (tested with 4.7). Leaf values hold the learning rate
 * and the start value already: `raw score = sum of leaves`, `probability = 1 / (1 + exp(-sigmoid * raw score))`, and
 * with `average_output` (random forests) the mean instead of the sum. Both factors go into the leaf values.
 */
import { checkTree } from '../check-tree.ts'
import { damaged, type FileModel, LIMITS, shown, unsupported } from '../file-model.ts'
import { numberFields } from './numbers.ts'
import { readLightGbmTree } from './read-tree.ts'
import { type Fields, readSections } from './sections.ts'
import { splitZeros } from './split-zeros.ts'

/**
 * Throws `model_file_invalid` with the tree and the field, and `model_unsupported` for what has no exact counterpart: several
 * classes, ranking, regression, linear leaves.
 */
export function readLightGbm(text: string, file: string): FileModel {
  const { header, trees } = readSections(text, file)
  if (trees.length === 0) throw damaged(file)('header', 'there is no tree before "end of trees"')
  const sigmoid = readObjective(header, file)
  const featureNames = readFeatureNames(header, file)
  const scale = header.has('average_output') ? sigmoid / trees.length : sigmoid
  let codes: number = LIMITS.codes
  let nodes = 0
  const read = trees.map((fields, t) => {
    if ((fields.get('is_linear') ?? '0').trim() !== '0')
      throw unsupported(file)(
        `Tree ${t}, is_linear`,
        'linear leaves are not supported; train without linear_tree',
      )
    const tree = readLightGbmTree(fields, t, { features: featureNames.length, codes }, scale, file)
    codes -= tree.codes
    checkTree(tree.nodes, `Tree ${t}`, damaged(file))
    const split = splitZeros(tree.nodes, LIMITS.nodes - nodes)
    if (!split) throw damaged(file)(`Tree ${t}`, `more than ${LIMITS.nodes} nodes`)
    nodes += split.length
    return split
  })
  return {
    format: 'lightgbm',
    featureNames,
    trees: read,
    baseScore: 0,
    rounding: 'none',
    notes: [],
  }
}

/** An objective has one or two. */
const MOST_OPTIONS = 20

/** The factor from the raw score to log-odds. Only objectives whose output is a probability have one. */
function readObjective(header: Fields, file: string): number {
  for (const key of ['num_class', 'num_tree_per_iteration']) {
    const count = (header.get(key) ?? '1').trim()
    if (count !== '1')
      throw unsupported(file)(key, `several classes are not supported, given ${shown(count)}`)
  }
  const [objective = '', ...options] = (header.get('objective') ?? '').trim().split(/\s+/, MOST_OPTIONS)
  if (objective === 'cross_entropy') return 1
  if (objective !== 'binary') {
    const given = objective === '' ? 'none (a custom objective has none)' : shown(objective)
    throw unsupported(file)('objective', `must be binary or cross_entropy, given ${given}`)
  }
  const option = options.find((candidate) => candidate.startsWith('sigmoid:'))
  const sigmoid = option === undefined ? 1 : Number(option.slice('sigmoid:'.length))
  if (!(sigmoid > 0 && sigmoid < Number.POSITIVE_INFINITY))
    throw damaged(file)('objective', `sigmoid must be positive, given ${shown(option)}`)
  return sigmoid
}

function readFeatureNames(header: Fields, file: string): string[] {
  const given = numberFields(header, 'header', damaged(file))
  const last = given.integers('max_feature_idx', 1, -1, LIMITS.features - 1)[0]!
  const names = given
    .text('feature_names')
    .trim()
    .split(/ +/, last + 2)
    .filter((name) => name !== '')
  if (names.length !== last + 1)
    throw damaged(file)(
      'feature_names',
      `must be ${last + 1} names (max_feature_idx), given ${names.length > last + 1 ? 'more' : names.length}`,
    )
  return names
}
