"""Runs Keras optimizers over given gradients. Argument: a JSON file of cases; answers the weights after each step."""

import json
import os
import sys

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
os.environ["KERAS_BACKEND"] = "tensorflow"

import keras
import numpy as np


def run(case):
    optimizer = getattr(keras.optimizers, case["className"])(**case["config"])
    variable = keras.Variable(np.array(case["start"], dtype="float32"))
    steps = []
    for gradient in case["gradients"]:
        optimizer.apply([np.array(gradient, dtype="float32")], [variable])
        steps.append(np.asarray(variable).tolist())
    return steps


with open(sys.argv[1]) as file:
    cases = json.load(file)
print(json.dumps([run(case) for case in cases]))
