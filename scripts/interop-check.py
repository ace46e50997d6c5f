"""
Lets the real libraries load the models that Wonlost exported (test/interop/fixtures/exported), and compares what they say of the rows
with what the library said that trained the model. Exits with 1 where they differ.

    python3 -m venv venv && venv/bin/pip install numpy scipy lightgbm xgboost onnx onnxruntime
    venv/bin/python scripts/interop-check.py test/interop/fixtures
"""

import base64
import json
import sys
from pathlib import Path

import lightgbm as lgb
import numpy as np
import onnx
import onnxruntime
import xgboost as xgb


def read_lines(file):
    return json.loads(file.read_text())


def by_lightgbm(file, rows):
    model = lgb.Booster(model_str=file.read_text())
    return model.predict(rows, raw_score=True), model.predict(rows), model.predict(rows, pred_contrib=True)


def by_xgboost(file, rows):
    model = xgb.Booster()
    model.load_model(bytearray(file.read_bytes()))
    given = xgb.DMatrix(
        rows, feature_names=model.feature_names, feature_types=model.feature_types, enable_categorical=True
    )
    raw = model.predict(given, output_margin=True)
    return raw, model.predict(given), model.predict(given, pred_contribs=True)


def by_onnx(file, rows):
    content = base64.b64decode(file.read_text())
    onnx.checker.check_model(onnx.load_from_string(content), full_check=True)
    session = onnxruntime.InferenceSession(content, providers=["CPUExecutionProvider"])
    raw, probability = session.run(["log_odds", "probability"], {"row": rows})
    return raw[:, 0], probability[:, 0], None


# Suffix of the file, who reads it, and how far scores and contributions may be from those of the library that trained.
READERS = [
    (".lightgbm.txt", by_lightgbm, {"lightgbm": 1e-9, "xgboost": 1e-6}),
    (".xgboost.json.model", by_xgboost, {"lightgbm": 1e-6, "xgboost": 1e-6}),
    (".onnx.base64", by_onnx, {"lightgbm": 1e-9, "xgboost": 1e-6}),
]


def main():
    folder = Path(sys.argv[1])
    rows = np.array(
        [[np.nan if value is None else value for value in row] for row in read_lines(folder / "rows.jsonl")["rows"]]
    )
    wrong = 0
    for suffix, read, tolerances in READERS:
        for file in sorted((folder / "exported").glob(f"*{suffix}")):
            source = file.name.removesuffix(suffix)
            tolerance = tolerances[source.split("-")[0]]
            expected = read_lines(folder / f"{source}.expected.jsonl")
            raw, probability, contributions = read(file, rows)
            differences = {
                "raw": np.abs(raw - expected["raw"]).max(),
                "probability": np.abs(probability - expected["probability"]).max(),
            }
            fine = all(difference < tolerance for difference in differences.values())
            if contributions is not None:
                differences["contributions"] = np.abs(contributions - expected["contributions"]).max()
                fine = fine and differences["contributions"] < 1e-5
            wrong += not fine
            told = ", ".join(f"{key} {value:.1e}" for key, value in differences.items())
            print(f"{'ok   ' if fine else 'WRONG'} {file.name}: {told}")
    sys.exit(1 if wrong else 0)


main()
