"""Imports exported PyTorch modules, loads their weights, and runs them: to predict, and once in training mode."""

import importlib.util
import pathlib
import sys
import traceback

sys.path.append(str(pathlib.Path(__file__).parents[1] / "keras"))

import numpy as np
import torch
from peer import answer, folder, give, request, tensor

torch.set_num_threads(1)
torch.manual_seed(0)


def module_of(case):
    path = folder / case["file"]
    spec = importlib.util.spec_from_file_location(case["name"].replace("/", "_"), path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def channels(value, first):
    return np.moveaxis(value, -1, 1) if first else value


problems = {}
for case in request["cases"]:
    try:
        model = module_of(case).load()
        inputs = []
        for one in case["inputs"]:
            value = torch.from_numpy(np.ascontiguousarray(channels(tensor(one["tensor"]), one["first"])))
            inputs.append(value.long() if value.dtype == torch.int32 else value)
        with torch.no_grad():
            result = model(*inputs)
        trained = model.train()(*inputs)
        if trained.shape != result.shape:
            raise ValueError(f"{tuple(trained.shape)} in training, {tuple(result.shape)} after")
        if trained.requires_grad:
            trained.sum().backward()
        value = result.numpy()
        give(case["name"], np.moveaxis(value, 1, -1) if case["first"] else value)
    except Exception:
        problems[case["name"]] = traceback.format_exc()[-2000:]

answer(problems=problems, version=torch.__version__)
