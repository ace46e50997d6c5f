/** One model in the formats of all contenders: trained by LightGBM, read by our own import, and written for XGBoost by our export. */
import { readFileSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { bindTrees } from '../../src/interop/bind-trees.ts'
import { exportModel } from '../../src/interop/export-model.ts'
import { readModelFile } from '../../src/interop/read-model.ts'
import { benchArtifact, benchColumns } from '../columns.ts'
import { startPeer } from '../contender.ts'
import { tableFile } from '../data/files.ts'
import { NUMBERS } from '../data/tables.ts'
import type { PartContext } from '../part.ts'

const TREES = 300
const LEAVES = 31

/** Levels of the trees. Deep paths cost exact explanations most. */
export const MODELS = [
  { name: `${TREES} trees of ${LEAVES} leaves, at most 8 levels`, maxDepth: 8 },
  { name: `${TREES} trees of ${LEAVES} leaves, any depth`, maxDepth: -1 },
] as const

/** Paths. */
export interface SharedModel {
  /** Text, as LightGBM saved it. */
  readonly lightgbm: string
  /** JSON: the same trees. */
  readonly xgboost: string
  /** An artifact: the same trees. */
  readonly wonlost: string
}

export async function shareModel(context: PartContext, maxDepth: number): Promise<SharedModel> {
  const { cacheFolder, quick } = context
  const name = join(cacheFolder, 'data', `model-${maxDepth}`)
  const model = { lightgbm: `${name}.txt`, xgboost: `${name}.json`, wonlost: `${name}.artifact.json` }
  const table = tableFile(cacheFolder, NUMBERS, quick ? 50_000 : 100_000, 1)
  const trainer = startPeer(context, 'shared_model.py', 'lightgbm', 'LightGBM', 1)
  try {
    await trainer.ask('train', {
      table,
      trees: TREES,
      leaves: LEAVES,
      max_depth: maxDepth,
      out: model.lightgbm,
    })
  } finally {
    await trainer.end()
  }
  const artifact = importLightGbm(model.lightgbm)
  writeFileSync(model.wonlost, JSON.stringify(artifact))
  writeFileSync(model.xgboost, exportModel(artifact, 'xgboost').bytes)
  return model
}

function importLightGbm(path: string) {
  const file = basename(path)
  const model = readModelFile(readFileSync(path), file)
  const bindings = model.featureNames.map((_, column) => ({
    kind: 'number' as const,
    column,
    missing: Number.NaN,
  }))
  const trees = bindTrees(model, bindings, file)
  return benchArtifact(benchColumns(NUMBERS.categories), model.baseScore, trees)
}
