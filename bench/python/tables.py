"""Reads the tables that the bench wrote (bench/data/files.ts)."""

import numpy as np


def read_values(table):
    """float32, row-major, NaN where missing."""
    return np.fromfile(table["values"], dtype="<f4").reshape(table["rows"], len(table["categories"]))


def read_labels(table):
    return np.fromfile(table["labels"], dtype=np.uint8)
