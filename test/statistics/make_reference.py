"""Makes reference.json: figures by scikit-learn, scipy and statsmodels for the tests of src/statistics.

pip install scikit-learn statsmodels && python make_reference.py > reference.json
"""
import json

import numpy as np
import sklearn
import statsmodels
import statsmodels.api as sm
from sklearn.metrics import average_precision_score, brier_score_loss, log_loss, roc_auc_score

rng = np.random.default_rng(20260101)
n = 240
log_odds = rng.normal(-1, 1.4, n)
labels = (rng.random(n) < 1 / (1 + np.exp(-log_odds))).astype(int)
# Two decimals: many ties.
probabilities = np.clip(np.round(1 / (1 + np.exp(-1.6 * log_odds - 0.3)), 2), 0.01, 0.99)
weights = rng.integers(1, 4, n)
x = np.log(probabilities / (1 - probabilities))
line = sm.Logit(labels, sm.add_constant(x)).fit(disp=0, method="newton", tol=1e-14)
print(
    json.dumps(
        {
            "made_by": f"scikit-learn {sklearn.__version__}, statsmodels {statsmodels.__version__}",
            "probabilities": probabilities.tolist(),
            "labels": labels.tolist(),
            "weights": weights.tolist(),
            "auc": roc_auc_score(labels, probabilities),
            "weighted_auc": roc_auc_score(labels, probabilities, sample_weight=weights),
            "average_precision": average_precision_score(labels, probabilities),
            "log_loss": log_loss(labels, probabilities),
            "brier": brier_score_loss(labels, probabilities),
            "calibration_intercept": line.params[0],
            "calibration_slope": line.params[1],
        }
    )
)
