"""Evaluates Keras losses and metrics on given numbers. Argument: a JSON file of cases; answers one number for each."""

import json
import os
import sys

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
os.environ["KERAS_BACKEND"] = "tensorflow"

import keras
import numpy as np


def array(tensor):
    return np.array(tensor["data"], dtype=tensor["dtype"]).reshape(tensor["shape"])


def run(case):
    made = getattr(getattr(keras, case["module"]), case["className"])(**case["config"])
    weight = array(case["weight"]) if case["weight"] else None
    if case["alone"]:
        return float(made(array(case["prediction"])))
    return float(made(array(case["truth"]), array(case["prediction"]), sample_weight=weight))


with open(sys.argv[1]) as file:
    cases = json.load(file)
print(json.dumps([run(case) for case in cases]))
