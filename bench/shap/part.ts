/** Exact contributions (path-dependent SHAP) of a model that is the same for all. */
import { definePart, type Target } from '../part.ts'
import { ratioToBest } from '../ratio.ts'
import { type ModelMeasured, measureServing, type Peer } from '../serving/measure.ts'

const LIGHTGBM: readonly Peer[] = [
  { who: 'LightGBM, pred_contrib', library: 'lightgbm', model: 'lightgbm', serves: ['batch', 'one'] },
  { who: 'LightGBM, C single-row fast', library: 'lightgbm-c', model: 'lightgbm', serves: ['one'] },
]

const XGBOOST: Peer = {
  who: 'XGBoost, pred_contribs',
  library: 'xgboost',
  model: 'xgboost',
  serves: ['batch', 'one'],
}

const SHAP: Peer = { who: 'shap.TreeExplainer', library: 'shap', model: 'lightgbm', serves: ['batch', 'one'] }

export const shapPart = definePart({
  name: 'shap',
  title: 'SHAP',
  summary: 'exact contributions of one row and of 1,000, of the same model',
  async run(context) {
    const peers = [...LIGHTGBM, XGBOOST, SHAP]
    const batchRows = context.quick ? 200 : 1_000
    const measured = await measureServing(context, {
      way: 'contributions',
      peers,
      batchRows,
      comparedRows: batchRows,
    })
    return {
      text: [
        `The models and rows of the prediction part. Exact path-dependent contributions of every column, in log-odds; one thread, one
processor. XGBoost's DMatrix is made before and not timed; shap uses its own code (left to itself it calls LightGBM's) and does not check
sums. One row: the mean of many calls in a loop, each with another row. The check is the largest difference from LightGBM over ${batchRows.toLocaleString('en')} rows.`,
        `XGBoost from 3.3 on (Python 3.12 or newer) computes them by quadrature as Wonlost does (arXiv 2605.04497), in float32; older releases by the recursion
of Lundberg et al. (2018), several times slower.`,
      ],
      targets: measured.flatMap(targetsOf),
      tables: [
        { title: 'One row', unit: 'µs', better: 'less', rows: measured.flatMap(({ one }) => one) },
        {
          title: `Batch of ${batchRows.toLocaleString('en')} rows`,
          unit: 'rows/s',
          better: 'more',
          rows: measured.flatMap(({ batch }) => batch),
        },
      ],
    }
  },
})

function targetsOf({ name, one, difference }: ModelMeasured): Target[] {
  const against = (peers: readonly Peer[]) =>
    ratioToBest(
      one.filter(({ ours, who }) => ours || peers.some((peer) => peer.who === who)),
      'less',
    )
  return [
    { what: `${name}: times as fast as LightGBM, one row`, measured: 1 / against(LIGHTGBM), atLeast: 10 },
    { what: `${name}: time over that of XGBoost, one row`, measured: against([XGBOOST]), atMost: 1 },
    { what: `${name}: largest difference from LightGBM`, measured: difference, atMost: 1e-5 },
  ]
}
