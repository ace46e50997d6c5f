/** Training time of boosted trees: ours beside LightGBM, XGBoost and scikit-learn, on equal settings and to equal quality. */
import { readFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { auc } from '../../src/statistics/auc.ts'
import { startOurs, startPeer } from '../contender.ts'
import { type TableFile, tableFile } from '../data/files.ts'
import { readDoubles } from '../data/read-doubles.ts'
import { interleave } from '../interleave.ts'
import { definePart, type Measured, type PartContext, type Target } from '../part.ts'
import { ratioToBest } from '../ratio.ts'
import type { Worker } from '../worker.ts'
import { caseName, HELD_OUT_ROWS, SETTINGS, type TrainingCase, trainingCases } from './cases.ts'

const PEERS = [
  { who: 'LightGBM', library: 'lightgbm' },
  { who: 'XGBoost', library: 'xgboost' },
  { who: 'scikit-learn', library: 'scikit-learn' },
]

/** Ours must be no slower than the faster of these. */
const JUDGED: readonly string[] = ['LightGBM', 'XGBoost']

const TEXT = [
  `Seeded synthetic rows: 28 columns of numbers as in HIGGS, seven of them functions of the others; or 40 columns, of which 8 are categories
(3 to 250 of them, 5 % missing) and 12 miss 15 % of their values. The truth has interactions, curves and noise (bench/data/tables.ts).`,
  `${SETTINGS.trees} trees, learning rate ${SETTINGS.learning_rate}, at most ${SETTINGS.max_leaves} leaves and ${SETTINGS.max_depth} levels, ${SETTINGS.max_bins} bins, at least ${SETTINGS.min_rows} rows (XGBoost has no such setting) and a hessian
of ${SETTINGS.min_hessian} (scikit-learn: 0.001) in a leaf, L2 ${SETTINGS.l2}, no sampling of rows or columns, no early stopping; XGBoost grows leaf by leaf
(\`lossguide\`). All else is each library's default.`,
  `Timed: from the table in memory to the trained model, making bins included. The table is what each takes as it is: float32, row by row,
in numpy for the peers (scikit-learn makes float64 of it); float64, row by row, for Wonlost. Reading it from disk is not timed. AUC is that
of ${HELD_OUT_ROWS.toLocaleString('en')} held-out rows. Wonlost gives the same model for any number of threads, bit for bit; the peers do not promise it.`,
]

export const trainingPart = definePart({
  name: 'training',
  title: 'Training',
  summary: 'seconds to train boosted trees, binning included, and peak memory',
  async run(context) {
    const cases = trainingCases(context.quick).filter(({ threads }) => threads <= availableParallelism())
    const times: Measured[] = []
    const memory: Measured[] = []
    const targets: Target[] = []
    for (const each of cases) {
      context.say(`  ${caseName(each)}`)
      const measured = await measureCase(context, each)
      times.push(...measured.times)
      const isJudged = isLargest(each, cases)
      if (!isJudged) continue
      memory.push(...measured.memory)
      targets.push(...targetsOf(each, measured))
    }
    return {
      text: TEXT,
      targets,
      tables: [
        { title: 'Time', unit: 's', better: 'less', rows: times },
        {
          title: 'Peak resident memory of the whole process, the table (and all rounds of training) included',
          unit: 'MB',
          better: 'less',
          rows: memory,
        },
      ],
    }
  },
})

/** The largest table of numbers, on all threads. */
function isLargest(each: TrainingCase, cases: readonly TrainingCase[]): boolean {
  const numbers = cases.filter(({ kind }) => kind.name === 'numbers')
  const most = Math.max(...numbers.map(({ rows, threads }) => rows * 64 + threads))
  return each.kind.name === 'numbers' && each.rows * 64 + each.threads === most
}

interface CaseMeasured {
  readonly times: readonly Measured[]
  readonly memory: readonly Measured[]
  /** AUC of each contender, in the same order. */
  readonly aucs: readonly number[]
}

async function measureCase(context: PartContext, each: TrainingCase): Promise<CaseMeasured> {
  const { kind, rows, threads } = each
  const table = tableFile(context.cacheFolder, kind, rows, 1)
  const heldOut = tableFile(context.cacheFolder, kind, HELD_OUT_ROWS, 2)
  const workers: Worker[] = []
  try {
    const contenders = [
      { who: 'Wonlost', start: () => startOurs(context, new URL('./ours.js', import.meta.url), threads) },
      ...PEERS.map(({ who, library }) => ({
        who,
        start: () => startPeer(context, 'training.py', library, who, threads),
      })),
    ].map(({ who, start }) => {
      const worker = start()
      workers.push(worker)
      return { who, worker, measure: () => worker.ask<number>('train', { settings: SETTINGS, threads }) }
    })
    for (const { worker } of contenders) await worker.ask('load', { table })
    const samples = await interleave(contenders, context)
    const measured: { times: Measured[]; memory: Measured[]; aucs: number[] } = {
      times: [],
      memory: [],
      aucs: [],
    }
    for (const [c, { who, worker }] of contenders.entries()) {
      // Before the held-out rows come into memory.
      const peak = await worker.ask<number>('peakMemory')
      const score = await heldOutAuc(worker, heldOut, join(context.cacheFolder, 'scores.f64'))
      const row = { case: caseName(each), who, ours: who === 'Wonlost' }
      measured.times.push({ ...row, samples: samples[c]!, check: `AUC ${score.toFixed(4)}` })
      measured.memory.push({ ...row, samples: [peak], check: '' })
      measured.aucs.push(score)
    }
    return measured
  } finally {
    await Promise.all(workers.map((worker) => worker.end()))
  }
}

async function heldOutAuc(worker: Worker, table: TableFile, out: string): Promise<number> {
  await worker.ask('predict', { table, out })
  return auc(readDoubles(out), new Uint8Array(readFileSync(table.labels)))
}

function targetsOf(each: TrainingCase, { times, memory, aucs }: CaseMeasured): Target[] {
  const judged = times.filter(({ ours, who }) => ours || JUDGED.includes(who))
  const best = Math.max(...times.flatMap(({ who }, c) => (JUDGED.includes(who) ? [aucs[c]!] : [])))
  const name = caseName(each)
  return [
    {
      what: `${name}: time over that of the faster of ${JUDGED.join(' and ')}`,
      measured: ratioToBest(judged, 'less'),
      atMost: 1,
    },
    { what: `${name}: AUC below the better of them`, measured: best - aucs[0]!, atMost: 0.001 },
    { what: `${name}: peak memory of Wonlost, MB`, measured: memory[0]!.samples[0]!, atMost: 1024 },
  ]
}
