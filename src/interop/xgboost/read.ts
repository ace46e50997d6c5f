/**
 * Reads what XGBoost's `save_model` writes (JSON or UBJSON; tested with 1.7 and 3.2): gradient boosted trees for a binary target.
 * `raw score = log-odds of base_score + sum of leaves`. XGBoost adds in float32, we in float64: raw scores agree to some 1e-6.
 */
import { checkTree } from '../check-tree.ts'
import { damaged, type FileModel, LIMITS, shown, unsupported } from '../file-model.ts'
import { readBaseScore } from './base-score.ts'
import { readXgboostTree } from './read-tree.ts'
import { type Value, valueAt } from './values.ts'

/** Objectives whose output is log-odds, and whether their base score is a probability. */
const OBJECTIVES: Readonly<Record<string, { readonly baseIsProbability: boolean }>> = {
  'binary:logistic': { baseIsProbability: true },
  'reg:logistic': { baseIsProbability: true },
  'binary:logitraw': { baseIsProbability: false },
}

/**
 * `parsed`: the file as plain data. Throws `model_file_invalid` with the field, and `model_unsupported` for what has no exact
 * counterpart: linear models, dart, several classes or targets, ranking, regression.
 */
export function readXgboost(parsed: unknown, file: string): FileModel {
  const refuse = damaged(file)
  const learner = valueAt(parsed, '', refuse).get('learner')
  const parameters = learner.get('learner_model_param')
  const { baseIsProbability } = readObjective(learner, parameters, file)
  const model = readBooster(learner, file)
  const featureNames = readFeatureNames(learner, parameters)
  const all = model.get('trees').list(LIMITS.trees)
  if (all.length === 0) throw model.get('trees').refuse('there is no tree')
  const kept = keptTrees(learner, model, all.length)

  let { nodes, codes }: { nodes: number; codes: number } = LIMITS
  const trees = all.slice(0, kept.trees).map((tree) => {
    const width =
      tree
        .find('tree_param')
        ?.find('size_leaf_vector')
        ?.integer(0, 2 ** 31) ?? 1
    if (width > 1)
      throw unsupported(file)(
        `${tree.path}.tree_param.size_leaf_vector`,
        'leaves with several values are not supported',
      )
    const read = readXgboostTree(tree, { features: featureNames.length, nodes, codes })
    nodes -= read.nodes.length
    codes -= read.codes
    checkTree(read.nodes, tree.path, refuse)
    return read.nodes
  })
  return {
    format: 'xgboost',
    featureNames,
    trees,
    baseScore: readBaseScore(parameters.get('base_score'), baseIsProbability),
    rounding: 'float32',
    notes: kept.note === null ? [] : [kept.note],
  }
}

function readObjective(
  learner: Value,
  parameters: Value,
  file: string,
): { readonly baseIsProbability: boolean } {
  const name = learner.get('objective').get('name').text()
  const objective = Object.hasOwn(OBJECTIVES, name) ? OBJECTIVES[name] : undefined
  const refuse = unsupported(file)
  if (!objective) {
    const allowed = Object.keys(OBJECTIVES).join(', ')
    throw refuse('learner.objective.name', `must be one of ${allowed}, given ${shown(name)}`)
  }
  for (const [key, most] of [
    ['num_class', 1],
    ['num_target', 1],
  ] as const) {
    const count = parameters.find(key)?.integer(0, 2 ** 31) ?? 0
    if (count > most)
      throw refuse(`learner.learner_model_param.${key}`, `several are not supported, given ${count}`)
  }
  return objective
}

/** The part with the trees. */
function readBooster(learner: Value, file: string): Value {
  const booster = learner.get('gradient_booster')
  const name = booster.get('name').text()
  if (name === 'gbtree') return booster.get('model')
  const why =
    name === 'dart'
      ? 'the weights of dropped trees are float32 factors that no leaf can hold'
      : 'it has no trees'
  throw unsupported(file)(
    'learner.gradient_booster.name',
    `must be gbtree, given ${shown(name)}${name === 'dart' || name === 'gblinear' ? `: ${why}` : ''}`,
  )
}

/** Without names they are f0, f1, ... as XGBoost calls them itself. */
function readFeatureNames(learner: Value, parameters: Value): string[] {
  const count = parameters.get('num_feature').integer(0, LIMITS.features)
  const given = learner.find('feature_names')
  const names = given?.list(LIMITS.features).map((name) => name.text()) ?? []
  if (names.length === 0) return Array.from({ length: count }, (_, i) => `f${i}`)
  if (names.length !== count)
    throw given!.refuse(`must be ${count} names (num_feature), given ${names.length}`)
  return names
}

/** After early stopping a file may hold rounds beyond the best one: they are left out, as XGBoost's own scikit-learn classes do. */
function keptTrees(
  learner: Value,
  model: Value,
  count: number,
): { readonly trees: number; readonly note: string | null } {
  const best = learner
    .find('attributes')
    ?.find('best_iteration')
    ?.integer(0, 2 ** 31 - 2)
  if (best === undefined) return { trees: count, note: null }
  const rounds = model.find('iteration_indptr')?.integers(null, 0, count)
  const parallel = model.find('gbtree_model_param')?.find('num_parallel_tree')?.integer(0, LIMITS.trees) ?? 1
  const trees = rounds?.[best + 1] ?? (best + 1) * Math.max(1, parallel)
  if (trees >= count || trees === 0) return { trees: count, note: null }
  return { trees, note: `best_iteration is ${best}: the first ${trees} of ${count} trees are used` }
}
