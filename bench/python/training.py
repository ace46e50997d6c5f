"""The peers' side of the training part: training.py lightgbm|xgboost|scikit-learn. The table is in memory, as the array each library
takes as it is; making bins of it is part of what is timed."""

import resource
import sys
import time

import numpy as np
from answer import answer
from tables import read_labels, read_values


class LightGbm:
    def train(self, x, y, categories, settings, threads):
        import lightgbm as lgb

        options = {
            "objective": "binary",
            "learning_rate": settings["learning_rate"],
            "num_leaves": settings["max_leaves"],
            "max_depth": settings["max_depth"],
            "max_bin": settings["max_bins"],
            "min_data_in_leaf": settings["min_rows"],
            "min_sum_hessian_in_leaf": settings["min_hessian"],
            "lambda_l2": settings["l2"],
            "num_threads": threads,
            "verbosity": -1,
        }
        table = lgb.Dataset(x, y, categorical_feature=codes_of(categories), params=options)
        self.model = lgb.train(options, table, num_boost_round=settings["trees"])

    def predict(self, x):
        return self.model.predict(x, raw_score=True)


class Xgboost:
    def train(self, x, y, categories, settings, threads):
        import xgboost as xgb

        options = {
            "objective": "binary:logistic",
            "tree_method": "hist",
            "grow_policy": "lossguide",
            "learning_rate": settings["learning_rate"],
            "max_leaves": settings["max_leaves"],
            "max_depth": settings["max_depth"],
            "max_bin": settings["max_bins"],
            "min_child_weight": settings["min_hessian"],
            "reg_lambda": settings["l2"],
            "nthread": threads,
        }
        self.types = ["c" if count > 0 else "q" for count in categories]
        kind = {"feature_types": self.types, "enable_categorical": True, "nthread": threads}
        table = xgb.QuantileDMatrix(x, y, max_bin=settings["max_bins"], **kind)
        self.model = xgb.train(options, table, num_boost_round=settings["trees"])

    def predict(self, x):
        import xgboost as xgb

        table = xgb.DMatrix(x, feature_types=self.types, enable_categorical=True)
        return self.model.predict(table, output_margin=True)


class ScikitLearn:
    def train(self, x, y, categories, settings, threads):
        from sklearn.ensemble import HistGradientBoostingClassifier
        from threadpoolctl import threadpool_limits

        self.model = HistGradientBoostingClassifier(
            learning_rate=settings["learning_rate"],
            max_iter=settings["trees"],
            max_leaf_nodes=settings["max_leaves"],
            max_depth=settings["max_depth"],
            max_bins=settings["max_bins"],
            min_samples_leaf=settings["min_rows"],
            l2_regularization=settings["l2"],
            categorical_features=codes_of(categories) or None,
            early_stopping=False,
            random_state=1,
        )
        with threadpool_limits(threads):
            self.model.fit(x, y)

    def predict(self, x):
        return self.model.decision_function(x)


def codes_of(categories):
    return [column for column, count in enumerate(categories) if count > 0]


LIBRARIES = {"lightgbm": LightGbm, "xgboost": Xgboost, "scikit-learn": ScikitLearn}
library = LIBRARIES[sys.argv[1]]()
loaded = {}


def load(table):
    loaded.update(x=read_values(table), y=read_labels(table), categories=table["categories"])


def train(settings, threads):
    started = time.perf_counter()
    library.train(**loaded, settings=settings, threads=threads)
    return time.perf_counter() - started


def peak_memory():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def predict(table, out):
    np.asarray(library.predict(read_values(table)), dtype="<f8").tofile(out)


answer({"load": load, "train": train, "peakMemory": peak_memory, "predict": predict})
