"""Loads exported models with real Keras and predicts; runs the exported Python code beside them."""

import importlib.util
import py_compile

import keras
import numpy as np
from peer import answer, folder, give, request, tensor


def code_of(case):
    path = folder / case["name"] / "model.py"
    py_compile.compile(str(path), doraise=True)
    spec = importlib.util.spec_from_file_location(f"model_{case['name']}", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


facts = {}
for case in request["cases"]:
    name = case["name"]
    inputs = {key: tensor(f"{name}/{key}") for key in case["inputs"]}
    model = keras.models.load_model(folder / name / "model.keras")
    give(f"{name}/keras", model.predict(inputs, verbose=0))
    fact = {"parameters": model.count_params(), "names": [layer.name for layer in model.layers]}
    if case["code"]:
        module = code_of(case)
        rebuilt = module.main()
        give(f"{name}/code", rebuilt.predict(inputs, verbose=0))
        fact["code_names"] = [layer.name for layer in rebuilt.layers]
        if "train" in case:
            data = list(inputs.values())[0]
            history = module.train(rebuilt, data, tensor(f"{name}/{case['train']}"), epochs=2)
            fact["losses"] = history.history["loss"]
    facts[name] = fact

for case in request.get("ordered", []):
    # What `train` gives to Keras' fit.
    module = code_of(case)
    asked = {}
    model = module.build_model()
    model.fit = lambda inputs, targets, **settings: asked.update(inputs=inputs, targets=targets, **settings)
    rows = np.arange(7, dtype="float32")
    module.train(model, np.stack([rows, rows], axis=1), rows, batch_size=2)
    give(f"{case['name']}/inputs", asked["inputs"])
    give(f"{case['name']}/targets", asked["targets"])
    facts[case["name"]] = {"shuffle": asked.get("shuffle", True)}

answer(facts=facts, version=keras.__version__)
