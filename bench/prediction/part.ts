/** Prediction of a model that is the same for all: rows a second in batches, and the time of one row. */
import { definePart } from '../part.ts'
import { ratioToBest } from '../ratio.ts'
import { measureServing, type Peer } from '../serving/measure.ts'

const PEERS: readonly Peer[] = [
  { who: 'LightGBM', library: 'lightgbm', model: 'lightgbm', serves: ['batch', 'one'] },
  { who: 'LightGBM, C single-row fast', library: 'lightgbm-c', model: 'lightgbm', serves: ['one'] },
  { who: 'XGBoost, inplace_predict', library: 'xgboost', model: 'xgboost', serves: ['batch', 'one'] },
  {
    who: 'XGBoost, DMatrix made before',
    library: 'xgboost-table',
    model: 'xgboost',
    serves: ['batch', 'one'],
  },
  { who: 'XGBoost, C from dense', library: 'xgboost-c', model: 'xgboost', serves: ['one'] },
]

export const predictionPart = definePart({
  name: 'prediction',
  title: 'Prediction',
  summary: 'rows a second in batches, and microseconds for one row, of the same model',
  async run(context) {
    const batchRows = context.quick ? 20_000 : 100_000
    const comparedRows = 1_000
    const measured = await measureServing(context, { way: 'predict', peers: PEERS, batchRows, comparedRows })
    return {
      text: [
        `One model on 28 columns of numbers, trained by LightGBM, read by Wonlost from LightGBM's text and by XGBoost from what Wonlost exports:
the same trees everywhere. Raw scores (log-odds); one thread, one processor. Rows are in memory: float32 in numpy for the peers, float64
for Wonlost.`,
        `One row: the mean of many calls in a loop, each with another row. The peers' figures hold the call from Python; their fastest ways in C,
called by ctypes with everything prepared that can be, stand beside them. The check is the largest difference from LightGBM over ${comparedRows.toLocaleString('en')} rows:
XGBoost adds in float32.`,
      ],
      targets: measured.flatMap(({ name, batch, difference }) => [
        {
          what: `${name}: rows a second over those of the faster peer, ${batchRows.toLocaleString('en')} rows`,
          measured: ratioToBest(batch, 'more'),
          atLeast: 1,
        },
        { what: `${name}: largest difference from LightGBM`, measured: difference, atMost: 1e-9 },
      ]),
      tables: [
        {
          title: `Batch of ${batchRows.toLocaleString('en')} rows`,
          unit: 'rows/s',
          better: 'more',
          rows: measured.flatMap(({ batch }) => batch),
        },
        { title: 'One row', unit: 'µs', better: 'less', rows: measured.flatMap(({ one }) => one) },
      ],
    }
  },
})
