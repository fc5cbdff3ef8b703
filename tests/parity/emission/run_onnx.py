"""Checks exported ONNX files with ONNX' own checker and shape inference, and runs them with ONNX Runtime."""

import pathlib
import sys

sys.path.append(str(pathlib.Path(__file__).parents[1] / "keras"))

import onnx
import onnxruntime
from peer import answer, folder, give, request, tensor

options = onnxruntime.SessionOptions()
options.intra_op_num_threads = 1
options.log_severity_level = 3
problems = {}
for case in request["cases"]:
    name = case["name"]
    model = onnx.load(folder / case["file"])
    try:
        onnx.checker.check_model(model, full_check=True)
        onnx.shape_inference.infer_shapes(model, strict_mode=True, data_prop=True)
        session = onnxruntime.InferenceSession(model.SerializeToString(), options, ["CPUExecutionProvider"])
        inputs = {key: tensor(value) for key, value in case["inputs"].items()}
        asked = {one.name for one in session.get_inputs()}
        (result,) = session.run(None, {key: value for key, value in inputs.items() if key in asked})
        said = session.get_outputs()[0].shape
        if len(said) != result.ndim or any(isinstance(dim, int) and dim != got for dim, got in zip(said, result.shape)):
            raise ValueError(f"the file says {said}, the answer is {result.shape}")
        give(name, result)
    except Exception as error:
        problems[name] = f"{type(error).__name__}: {error}"[:2000]

answer(problems=problems)
