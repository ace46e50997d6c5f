"""The peers' side of the prediction and SHAP parts: serving.py lightgbm|lightgbm-c|xgboost|xgboost-c|xgboost-table|shap. A process
that holds a model and rows; a way to serve is `predict` or `contributions`, of rows at once or of one at a time. All rows are float32."""

import ctypes
import json
import sys
import time

import numpy as np
from answer import answer
from tables import read_values


class LightGbm:
    """Booster.predict."""

    def load(self, model, rows):
        import lightgbm as lgb

        self.rows = rows
        self.model = lgb.Booster(model_file=model, params={"num_threads": 1, "verbosity": -1})

    def predict(self, first, end):
        return self.model.predict(self.rows[first:end], raw_score=True, num_threads=1)

    def contributions(self, first, end):
        return self.model.predict(self.rows[first:end], pred_contrib=True, num_threads=1)[:, :-1]


class LightGbmC(LightGbm):
    """LGBM_BoosterPredictForMatSingleRowFast of its C interface, called by ctypes: what is prepared once is not timed."""

    FLOAT32, RAW_SCORE, CONTRIBUTIONS = 0, 1, 3

    def load(self, model, rows):
        from lightgbm.basic import _LIB

        super().load(model, rows)
        self.library = _LIB
        self.start, self.stride = rows.ctypes.data, rows.strides[0]
        self.out = np.zeros(rows.shape[1] + 1)
        self.out_at = self.out.ctypes.data_as(ctypes.POINTER(ctypes.c_double))
        self.length = ctypes.byref(ctypes.c_int64())
        self.prepared = {kind: self.prepared_call(kind) for kind in (self.RAW_SCORE, self.CONTRIBUTIONS)}

    def prepared_call(self, kind):
        prepared = ctypes.c_void_p()
        columns, settings = ctypes.c_int32(self.rows.shape[1]), ctypes.c_char_p(b"num_threads=1")
        self.check(
            self.library.LGBM_BoosterPredictForMatSingleRowFastInit(
                self.model._handle, kind, 0, -1, self.FLOAT32, columns, settings, ctypes.byref(prepared)
            )
        )
        return prepared

    def call(self, kind, row):
        address = ctypes.c_void_p(self.start + row * self.stride)
        call = self.library.LGBM_BoosterPredictForMatSingleRowFast
        self.check(call(self.prepared[kind], address, self.length, self.out_at))

    @staticmethod
    def check(code):
        if code != 0:
            raise RuntimeError("the C interface of LightGBM refused")

    def predict(self, first, end):
        self.call(self.RAW_SCORE, first)
        return self.out[:1]

    def contributions(self, first, end):
        self.call(self.CONTRIBUTIONS, first)
        return self.out[:-1]


class Xgboost:
    """Booster.inplace_predict, and for contributions Booster.predict on a DMatrix made by then."""

    def load(self, model, rows):
        import xgboost as xgb

        self.xgb, self.rows = xgb, rows
        self.model = xgb.Booster({"nthread": 1}, model_file=model)
        self.tables = {}

    def prepare(self, way, first, end):
        """Not timed. A DMatrix is made anew each time: predictions on one that was seen before come from a cache."""
        if way == "contributions":
            self.tables = {(first, end): self.table(first, end)}

    def table(self, first, end):
        return self.xgb.DMatrix(self.rows[first:end], nthread=1)

    def predict(self, first, end):
        return self.model.inplace_predict(self.rows[first:end], predict_type="margin")

    def contributions(self, first, end):
        table = self.tables.get((first, end)) or self.table(first, end)
        return self.model.predict(table, pred_contribs=True, validate_features=False)[:, :-1]


class XgboostTable(Xgboost):
    """Booster.predict on a DMatrix made by then."""

    def prepare(self, way, first, end):
        self.tables = {(first, end): self.table(first, end)}

    def predict(self, first, end):
        table = self.tables.get((first, end)) or self.table(first, end)
        return self.model.predict(table, output_margin=True, validate_features=False)


class XgboostC(Xgboost):
    """XGBoosterPredictFromDense of its C interface, called by ctypes: what is prepared once is not timed."""

    def load(self, model, rows):
        from xgboost.core import _LIB

        super().load(model, rows)
        self.library = _LIB
        self.row = np.zeros((1, rows.shape[1]), dtype=np.float32)
        self.interface = json.dumps(self.row.__array_interface__).encode()
        options = {"type": 1, "training": False, "iteration_begin": 0, "iteration_end": 0, "strict_shape": False}
        self.options = json.dumps({**options, "missing": float("nan"), "cache_id": 0}).encode()
        self.out = ctypes.POINTER(ctypes.c_float)()
        shape, dimensions = ctypes.POINTER(ctypes.c_uint64)(), ctypes.c_uint64()
        self.rest = (ctypes.c_void_p(), ctypes.byref(shape), ctypes.byref(dimensions), ctypes.byref(self.out))

    def predict(self, first, end):
        self.row[0] = self.rows[first]
        code = self.library.XGBoosterPredictFromDense(self.model.handle, self.interface, self.options, *self.rest)
        if code != 0:
            raise RuntimeError("the C interface of XGBoost refused")
        return np.array([self.out[0]])


class Shap:
    """shap.TreeExplainer with its own code. Left to itself it calls the library that trained the model."""

    def load(self, model, rows):
        import lightgbm as lgb
        import shap

        self.rows = rows.astype(np.float64)
        self.explainer = shap.TreeExplainer(lgb.Booster(model_file=model))
        self.explainer.model.model_type = "internal"

    def contributions(self, first, end):
        return self.explainer.shap_values(self.rows[first:end], check_additivity=False)


LIBRARIES = {
    "lightgbm": LightGbm,
    "lightgbm-c": LightGbmC,
    "xgboost": Xgboost,
    "xgboost-c": XgboostC,
    "xgboost-table": XgboostTable,
    "shap": Shap,
}
library = LIBRARIES[sys.argv[1]]()
prepare = getattr(library, "prepare", lambda way, first, end: None)


def load(model, table):
    library.load(model, np.ascontiguousarray(read_values(table)))


def time_batch(way, count):
    """Seconds for the first `count` rows at once."""
    prepare(way, 0, count)
    serve = getattr(library, way)
    started = time.perf_counter()
    serve(0, count)
    return time.perf_counter() - started


def time_one(way, seconds):
    """Microseconds for one row: the mean of as many as there is time for, each another one than the last."""
    serve, count = getattr(library, way), len(library.rows)
    done, passed = 0, 0.0
    while passed < seconds:
        row = done % count
        prepare(way, row, row + 1)
        started = time.perf_counter()
        serve(row, row + 1)
        passed += time.perf_counter() - started
        done += 1
    return 1e6 * passed / done


def outputs(way, count, out):
    """Writes what each of the first `count` rows gets, one by one."""
    serve = getattr(library, way)
    all_rows = [np.array(serve(row, row + 1), dtype="<f8").ravel() for row in range(count)]
    np.stack(all_rows).tofile(out)


answer({"load": load, "timeBatch": time_batch, "timeOne": time_one, "outputs": outputs})
