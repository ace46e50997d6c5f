"""
Makes the fixtures of test/interop/ with the real libraries: models, rows, and what the library that trained a model says of the rows.

    python3 -m venv venv && venv/bin/pip install numpy scipy lightgbm xgboost
    venv/bin/python scripts/interop-fixtures.py test/interop/fixtures

With XGBoost before 2.0 (numpy < 2, xgboost == 1.7.6) it writes, after the other run, only the model of that version.
"""

import json
import sys
from pathlib import Path

import numpy as np
import xgboost as xgb

FEATURES = ["employees", "visits", "recency", "industry", "region", "is_customer"]
TYPES = ["float", "float", "float", "c", "c", "float"]
CATEGORIES = {"industry": 12, "region": 3}
CATEGORICAL = [FEATURES.index(name) for name in CATEGORIES]
TRAINING_ROWS, ROWS, CLOSE_ROWS = 600, 18, 6


def table(rng, rows, missing):
    x = np.column_stack(
        [
            np.round(np.exp(rng.normal(4, 1.5, rows)), 1),
            rng.poisson(0.8, rows) * rng.choice([1, 1, -1], rows),
            np.round(rng.normal(0, 1, rows), 2),
            rng.integers(0, CATEGORIES["industry"], rows),
            rng.integers(0, CATEGORIES["region"], rows),
            rng.integers(0, 2, rows),
        ]
    ).astype(float)
    if missing > 0:
        x[rng.random(x.shape) < missing] = np.nan
    score = (
        0.5 * (np.nan_to_num(x[:, 0]) > 60)
        + 0.6 * np.nan_to_num(x[:, 1])
        - 0.8 * np.nan_to_num(x[:, 2], nan=1.5)
        + 0.9 * np.isin(x[:, 3], [1, 4, 5, 9])
        + 0.7 * (x[:, 4] == 2)
        - 0.8
    )
    return x, (score + rng.logistic(size=rows) > 0).astype(int)


def numbers(values):
    return [None if np.isnan(value) else float(value) for value in values]


def write_expected(folder, name, raw, probability, contributions):
    """contributions: one a feature, and the expectation last. The scores to the last bit, these to 9 decimals."""
    document = {
        "raw": numbers(np.asarray(raw, dtype=float)),
        "probability": numbers(np.asarray(probability, dtype=float)),
        "contributions": [numbers(np.round(row, 9)) for row in np.asarray(contributions, dtype=float)],
    }
    (folder / f"{name}.expected.jsonl").write_text(json.dumps(document, separators=(",", ":")) + "\n")


def lightgbm_models(folder, rows, plain, gaps):
    import lightgbm as lgb

    def make(name, data, parameters, rounds=3, categorical=(), weight=None):
        x, y = data
        settings = {"verbosity": -1, "num_threads": 1, "seed": 3, "deterministic": True, "force_row_wise": True}
        dataset = lgb.Dataset(
            x,
            y,
            weight=weight,
            feature_name=FEATURES,
            categorical_feature=list(categorical),
            params={**settings, **parameters},
        )
        shape = {"objective": "binary", "num_leaves": 7, "min_data_in_leaf": 10, "learning_rate": 0.3}
        model = lgb.train({**settings, **shape, **parameters}, dataset, num_boost_round=rounds)
        text = model.model_to_string()
        # The parameters of training are long, and nobody reads them here.
        text = text[: text.index("\nparameters:")] + "\n" if name != "missing" else text
        (folder / f"lightgbm-{name}.txt").write_text(text)
        loaded = lgb.Booster(model_str=text)
        raw = loaded.predict(rows, raw_score=True)
        write_expected(
            folder, f"lightgbm-{name}", raw, loaded.predict(rows), loaded.predict(rows, pred_contrib=True)
        )

    weights = np.random.default_rng(5).uniform(0.2, 3, TRAINING_ROWS)
    loose = {"cat_smooth": 1, "cat_l2": 1, "min_data_per_group": 5}
    make("numeric", plain, {})
    make("missing", gaps, {"monotone_constraints": [1, 1, -1, 0, 0, 0]}, weight=weights)
    make("categorical", gaps, loose, categorical=CATEGORICAL)
    make("categorical-complete", plain, loose, categorical=CATEGORICAL)
    make("zero-as-missing", gaps, {"zero_as_missing": True, "min_data_in_leaf": 5})
    make("sigmoid", gaps, {"sigmoid": 0.7, "is_unbalance": True})
    make("forest", gaps, {"boosting": "rf", "bagging_freq": 1, "bagging_fraction": 0.7}, rounds=4)
    make("dart", gaps, {"boosting": "dart", "drop_rate": 0.5}, rounds=4)
    make("constant", plain, {"min_data_in_leaf": TRAINING_ROWS}, rounds=2)


def xgboost_model(folder, name, data, rows, parameters, rounds=3, suffixes=("json",), weight=None, types=None, stop=None):
    x, y = data
    kinds = types or ["float"] * len(FEATURES)

    def matrix(values, labels=None, weights=None):
        return xgb.DMatrix(
            values,
            label=labels,
            weight=weights,
            feature_names=FEATURES,
            feature_types=kinds,
            enable_categorical=types is not None,
        )

    settings = {"objective": "binary:logistic", "max_depth": 3, "eta": 0.4, "nthread": 1, "seed": 3, "tree_method": "hist"}
    train = matrix(x, y, weight)
    extra = {}
    if stop is not None:
        extra = {"evals": [(matrix(*stop), "stop")], "early_stopping_rounds": 4, "verbose_eval": False}
    model = xgb.train({**settings, **parameters}, train, num_boost_round=rounds, **extra)
    for suffix in suffixes:
        file = folder / f"xgboost-{name}.{suffix}"
        model.save_model(file)
        # Under another name, or the formatter of the project would set it anew.
        if suffix == "json":
            file.rename(file.with_name(f"{file.name}.model"))
    used = (0, model.best_iteration + 1) if stop is not None else (0, 0)
    given = matrix(rows)
    raw = model.predict(given, output_margin=True, iteration_range=used)
    probability = 1 / (1 + np.exp(-raw)) if parameters.get("objective") == "binary:logitraw" else model.predict(
        given, iteration_range=used
    )
    contributions = model.predict(given, pred_contribs=True, iteration_range=used)
    write_expected(folder, f"xgboost-{name}", raw, probability, contributions)


def put_close(rows, file):
    """The last rows get values just below thresholds of that XGBoost model, which only float32 arithmetic sends left."""
    trees = json.loads(file.read_text())["learner"]["gradient_booster"]["model"]["trees"]
    splits = [
        (column, np.float32(threshold))
        for tree in trees
        for left, column, threshold in zip(tree["left_children"], tree["split_indices"], tree["split_conditions"])
        if left >= 0
    ]
    for column in (0, 2):
        found = [threshold for feature, threshold in splits if feature == column]
        for i, threshold in enumerate(found[:CLOSE_ROWS]):
            below = np.nextafter(threshold, np.float32(-np.inf))
            rows[ROWS - 1 - i, column] = float(below) + 0.3 * (float(threshold) - float(below))


def main():
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    rng = np.random.default_rng(7)
    plain, gaps = table(rng, TRAINING_ROWS, 0), table(rng, TRAINING_ROWS, 0.12)
    rows, _ = table(rng, ROWS, 0.15)
    stop = table(rng, 80, 0.1)
    weights = np.random.default_rng(5).uniform(0.2, 3, TRAINING_ROWS)
    monotone = {"monotone_constraints": "(1,1,-1,0,0,0)"}
    if xgb.__version__.startswith("1."):
        given = json.loads((folder / "rows.jsonl").read_text())["rows"]
        rows = np.array([[np.nan if value is None else value for value in row] for row in given])
        xgboost_model(folder, "1.7", gaps, rows, {"base_score": 0.3, "max_cat_to_onehot": 4}, types=TYPES)
        return
    numeric = {"suffixes": ("json", "ubj"), "weight": weights}
    xgboost_model(folder, "numeric", gaps, rows, monotone, **numeric)
    put_close(rows, folder / "xgboost-numeric.json.model")
    (folder / "rows.jsonl").write_text(
        json.dumps(
            {"features": FEATURES, "categories": CATEGORIES, "rows": [numbers(row) for row in rows]},
            separators=(",", ":"),
        )
        + "\n"
    )
    lightgbm_models(folder, rows, plain, gaps)
    xgboost_model(folder, "numeric", gaps, rows, monotone, **numeric)
    xgboost_model(folder, "categorical", gaps, rows, {"max_cat_to_onehot": 4}, suffixes=("json", "ubj"), types=TYPES)
    xgboost_model(folder, "best-iteration", gaps, rows, {"eta": 0.8, "max_depth": 2}, rounds=40, stop=stop)
    xgboost_model(folder, "logitraw", plain, rows, {"objective": "binary:logitraw", "base_score": 0.3}, rounds=2)
    forest = {"num_parallel_tree": 3, "subsample": 0.7, "colsample_bynode": 0.7, "eta": 1}
    xgboost_model(folder, "forest", gaps, rows, forest, rounds=1)


main()
