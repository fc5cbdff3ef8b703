"""Keras' stateful layers over pieces of a sequence. Argument: a JSON file of cases; answers what they give for each piece."""

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
    layer = keras.saving.deserialize_keras_object(
        {"module": "keras.layers", "class_name": case["className"], "config": case["config"], "registered_name": None}
    )
    pieces = [array(piece) for piece in case["pieces"]]
    masks = [array(mask) != 0 for mask in case["masks"]] or [None] * len(pieces)
    layer(pieces[0], mask=masks[0])  # builds it
    layer.set_weights([array(weight) for weight in case["weights"]])
    (layer.reset_states if hasattr(layer, "reset_states") else layer.reset_state)()
    return [np.asarray(layer(piece, mask=mask)).ravel().astype(float).tolist() for piece, mask in zip(pieces, masks)]


with open(sys.argv[1]) as file:
    cases = json.load(file)
answers = []
for case in cases:
    try:
        answers.append({"outputs": run(case)})
    except Exception as error:
        answers.append({"error": f"{type(error).__name__}: {error}"[:2000]})
print(json.dumps(answers))
