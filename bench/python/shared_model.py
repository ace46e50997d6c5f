"""Trains the model that all contenders of the prediction and SHAP parts serve."""

import lightgbm as lgb
from answer import answer
from tables import read_labels, read_values


def train(table, trees, leaves, max_depth, out):
    options = {"objective": "binary", "num_leaves": leaves, "max_depth": max_depth, "num_threads": 1, "verbosity": -1}
    rows = lgb.Dataset(read_values(table), read_labels(table))
    lgb.train({**options, "deterministic": True}, rows, num_boost_round=trees).save_model(out)


answer({"train": train})
