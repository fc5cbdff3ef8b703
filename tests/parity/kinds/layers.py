"""Runs Keras layers on given inputs with given weights. Argument: a JSON file of cases; answers their outputs, their
weights after the call, and the gradient of the weighted outputs for every float input and trainable weight."""

import importlib
import inspect
import json
import os
import sys

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
os.environ["KERAS_BACKEND"] = "tensorflow"

import keras
import numpy as np
import tensorflow as tf


def array(tensor):
    return np.array(tensor["data"], dtype=tensor["dtype"]).reshape(tensor["shape"])


def floats(value):
    return np.asarray(value).ravel().astype(float).tolist()


def made_layer(layer):
    config = {
        key: keras.saving.deserialize_keras_object(value) if isinstance(value, dict) and "class_name" in value else value
        for key, value in layer["config"].items()
    }
    module = importlib.import_module(f"keras.src.ops.{layer['operation']}") if layer["operation"] else keras.layers
    return getattr(module, layer["className"])(**config)


def called(layer, spec, sources, tensors, made, training):
    # Said even where it is False: layers that augment take it for True.
    told = not spec["operation"] and "training" in inspect.signature(layer.call).parameters
    more = {"training": training} if told else {}
    call = spec.get("call")
    if call is None:
        listed = len(tensors) > 1 or spec["listed"]
        return layer(list(tensors) if listed else tensors[0], **more)

    def one(place):
        return made[place] if isinstance(place, str) else sources[place]

    def of(place):
        return [one(at) for at in place] if isinstance(place, list) else one(place)

    args = [of(place) for place in call["args"]]
    named = {name: of(place) for name, place in call["named"].items()}
    return layer(*args, **named, **call["set"], **more)


def through(layers, case, sources, training):
    made = {}
    value = sources
    for layer, spec in layers:
        out = called(layer, spec, sources, value, made, training)
        value = list(out) if isinstance(out, (list, tuple)) else [out]
        made.update(zip(spec["outputs"] or [], value))
    return [made[name] for name in case["answers"]] if case["answers"] else value


def run(case):
    tensors = [tf.constant(array(tensor)) for tensor in case["inputs"]]
    sources = [tensor for tensor in tensors if tensor.dtype == tf.float32]
    layers = [(made_layer(layer), layer) for layer in case["layers"]]
    through(layers, case, tensors, False)  # builds them
    for layer, spec in layers:
        if spec["weights"]:
            layer.set_weights([array(tensor) for tensor in spec["weights"]])
        # Normalization computes with a copy of its statistics.
        if hasattr(layer, "finalize_state"):
            layer.finalize_state()
    with tf.GradientTape() as tape:
        for source in sources:
            tape.watch(source)
        value = through(layers, case, tensors, case["training"])
        total = sum(
            tf.reduce_sum(tf.cast(out, tf.float32) * array(weights)) for out, weights in zip(value, case["objective"])
        )
    holders = [layer for layer, spec in layers if not spec["operation"]]
    trainable = [weight.value for layer in holders for weight in layer.trainable_weights]
    gradients = tape.gradient(total, sources + trainable, unconnected_gradients="zero")
    dense = [tf.convert_to_tensor(gradient) for gradient in gradients]
    return {
        "outputs": [{"shape": list(out.shape), "data": floats(out)} for out in value],
        "weights": [floats(weight) for layer in holders for weight in layer.get_weights()],
        "gradients": {
            "inputs": [floats(gradient) for gradient in dense[: len(sources)]],
            "weights": [floats(gradient) for gradient in dense[len(sources) :]],
        },
    }


with open(sys.argv[1]) as file:
    cases = json.load(file)
answers = []
for case in cases:
    try:
        answers.append(run(case))
    except Exception as error:
        answers.append({"error": f"{type(error).__name__}: {error}"[:2000]})
print(json.dumps(answers))
