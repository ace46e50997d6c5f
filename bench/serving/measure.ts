/** Serves one model with every contender: batches and single rows, in turn, and compares what they give. */
import { join } from 'node:path'
import { startOurs, startPeer } from '../contender.ts'
import { tableFile } from '../data/files.ts'
import { readDoubles } from '../data/read-doubles.ts'
import { NUMBERS } from '../data/tables.ts'
import { interleave } from '../interleave.ts'
import type { Measured, PartContext } from '../part.ts'
import type { Worker } from '../worker.ts'
import { MODELS, type SharedModel, shareModel } from './shared-model.ts'

/** One way of one library; python/serving.py says what each is. */
export interface Peer {
  readonly who: string
  /** As python/serving.py calls it. */
  readonly library: string
  readonly model: 'lightgbm' | 'xgboost'
  /** Is it for batches, for single rows, or both? */
  readonly serves: readonly ('batch' | 'one')[]
}

export interface Serving {
  readonly way: 'predict' | 'contributions'
  /** The first is what the outputs of all are compared with. */
  readonly peers: readonly Peer[]
  readonly batchRows: number
  /** Rows whose outputs are compared. */
  readonly comparedRows: number
}

/** What was measured of one model. */
export interface ModelMeasured {
  readonly name: string
  /** rows/s. */
  readonly batch: readonly Measured[]
  /** Microseconds a row. */
  readonly one: readonly Measured[]
  /** Largest difference of our outputs from those of the first peer. */
  readonly difference: number
}

/** Rows in the processes, of which single ones are drawn in turn. */
const ROWS = 100_000

export async function measureServing(context: PartContext, serving: Serving): Promise<ModelMeasured[]> {
  const measured: ModelMeasured[] = []
  for (const { name, maxDepth } of MODELS) {
    context.say(`  ${name}`)
    measured.push(await measureModel(context, serving, name, await shareModel(context, maxDepth)))
  }
  return measured
}

async function measureModel(
  context: PartContext,
  { way, peers, batchRows, comparedRows }: Serving,
  name: string,
  model: SharedModel,
): Promise<ModelMeasured> {
  const { cacheFolder, quick } = context
  const table = tableFile(cacheFolder, NUMBERS, ROWS, 2)
  const contenders: Contender[] = []
  try {
    contenders.push({
      who: 'Wonlost',
      serves: ['batch', 'one'],
      worker: startOurs(context, new URL('./ours.js', import.meta.url), 1),
    })
    await contenders[0]!.worker.ask('load', { model: model.wonlost, table })
    for (const { who, library, serves, model: format } of peers) {
      const worker = startPeer(context, 'serving.py', library, who, 1)
      contenders.push({ who, serves, worker })
      await worker.ask('load', { model: model[format], table })
    }
    const outputs: Float64Array[] = []
    for (const { worker } of contenders) {
      const out = join(cacheFolder, 'outputs.f64')
      await worker.ask('outputs', { way, count: comparedRows, out })
      outputs.push(readDoubles(out))
    }
    const differences = outputs.map((values) => largestDifference(values, outputs[1]!))
    const seconds = quick ? 0.1 : 0.3
    const measure = async (kind: 'batch' | 'one', once: (worker: Worker) => Promise<number>) => {
      const taking = [...contenders.entries()].filter(([, { serves }]) => serves.includes(kind))
      const samples = await interleave(
        taking.map(([, { who, worker }]) => ({ who, measure: () => once(worker) })),
        context,
      )
      return taking.map(([c, { who }], i): Measured => {
        const check = c === 1 ? '' : `largest difference ${differences[c]!.toExponential(0)}`
        return { case: name, who, ours: c === 0, samples: samples[i]!, check }
      })
    }
    return {
      name,
      batch: await measure(
        'batch',
        async (worker) => batchRows / (await worker.ask<number>('timeBatch', { way, count: batchRows })),
      ),
      one: await measure('one', (worker) => worker.ask<number>('timeOne', { way, seconds })),
      difference: differences[0]!,
    }
  } finally {
    await Promise.all(contenders.map(({ worker }) => worker.end()))
  }
}

interface Contender {
  readonly who: string
  readonly serves: readonly ('batch' | 'one')[]
  readonly worker: Worker
}

function largestDifference(values: Float64Array, others: Float64Array): number {
  if (values.length !== others.length) return Number.NaN
  return values.reduce((most, value, i) => Math.max(most, Math.abs(value - others[i]!)), 0)
}
