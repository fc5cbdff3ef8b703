"""Runs Keras layers on given inputs with given weights. Argument: a JSON file of cases; answers their outputs."""

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
    value = [array(tensor) for tensor in case["inputs"]]
    if len(value) == 1 and not case["variadic"]:
        value = value[0]
    for layer in case["layers"]:
        made = getattr(keras.layers, layer["className"])(**layer["config"])
        made.build(value.shape if not isinstance(value, list) else [item.shape for item in value])
        if layer["weights"]:
            made.set_weights([array(tensor) for tensor in layer["weights"]])
        value = made(value, training=True) if case["training"] else made(value)
        after = [np.asarray(weight).ravel().tolist() for weight in made.get_weights()]
    value = np.asarray(value)
    return {"shape": list(value.shape), "data": value.ravel().astype(float).tolist(), "weights": after}


with open(sys.argv[1]) as file:
    cases = json.load(file)
print(json.dumps([run(case) for case in cases]))
