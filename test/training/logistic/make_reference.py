"""Makes reference.json: coefficients by scikit-learn and clustered standard errors by statsmodels, for the tests of training/logistic.

pip install scikit-learn statsmodels && python make_reference.py > reference.json
"""
import json

import numpy as np
import sklearn
import statsmodels
import statsmodels.api as sm
from sklearn.linear_model import LogisticRegression

rng = np.random.default_rng(20260102)
n, groups = 300, 60
group = rng.integers(0, groups, n)
shared = rng.normal(0, 0.8, groups)[group]
size = np.round(np.exp(rng.normal(3, 1, n)), 1)
visits = rng.poisson(1.5, n).astype(float)
free_mail = rng.integers(0, 2, n)
source = rng.integers(0, 3, n)
margin = -1 + 0.5 * np.log1p(size) - 0.9 + 0.4 * visits - 0.8 * free_mail + np.array([0.0, 0.7, -0.5])[source] + shared - 1
label = (rng.random(n) < 1 / (1 + np.exp(-margin))).astype(int)
size_missing = rng.random(n) < 0.15
size_given = np.where(size_missing, np.nan, size)
weight = rng.integers(1, 4, n).astype(float)


def standard(values, weights):
    present = ~np.isnan(values)
    mean = np.average(values[present], weights=weights[present])
    deviation = np.sqrt(np.average((values[present] - mean) ** 2, weights=weights[present]))
    return np.where(present, (values - mean) / deviation, 0.0)


def penalised(strength, weights):
    design = np.column_stack(
        [
            standard(np.log1p(size_given), weights),
            size_missing.astype(float),
            standard(visits, weights),
            free_mail,
            *(source == k for k in range(3)),
        ]
    )
    model = LogisticRegression(C=1 / strength, solver="newton-cholesky", tol=1e-14, max_iter=1000)
    model.fit(design, label, sample_weight=weights)
    return {
        "strength": strength,
        "coefficients": model.coef_[0].tolist(),
        "log_odds": model.decision_function(design).tolist(),
    }


plain = np.column_stack([np.ones(n), visits, free_mail])
clustered = sm.Logit(label, plain).fit(
    disp=0, method="newton", tol=1e-14, cov_type="cluster", cov_kwds={"groups": group, "use_correction": False}
)
cluster_count = len(np.unique(group))
print(
    json.dumps(
        {
            "made_by": f"scikit-learn {sklearn.__version__}, statsmodels {statsmodels.__version__}",
            "rows": [
                [None if np.isnan(s) else s, v, int(f), int(c)]
                for s, v, f, c in zip(size_given, visits, free_mail, source)
            ],
            "labels": label.tolist(),
            "groups": group.tolist(),
            "weights": weight.tolist(),
            "penalised": [penalised(s, np.ones(n)) for s in (0.5, 20.0)],
            "weighted": penalised(3.0, weight),
            # visits and free_mail only, no penalty; the factor G / (G - 1) of training/logistic/covariance.ts.
            "clustered": {
                "coefficients": clustered.params[1:].tolist(),
                "standard_errors": (clustered.bse[1:] * np.sqrt(cluster_count / (cluster_count - 1))).tolist(),
            },
        }
    )
)
