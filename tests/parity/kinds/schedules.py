"""Learning rates of Keras' and PyTorch's schedules over some iterations. Answers lists by name."""

import json
import sys
import warnings

warnings.filterwarnings("ignore")


def from_torch():
    import torch
    from torch.optim import lr_scheduler as schedulers

    def rates(rate, make, count):
        optimizer = torch.optim.SGD([torch.nn.Parameter(torch.zeros(1))], lr=rate)
        scheduler = make(optimizer)
        values = []
        for _ in range(count):
            values.append(optimizer.param_groups[0]["lr"])
            optimizer.step()
            scheduler.step()
        return values

    def plateau(optimizer):
        return schedulers.ReduceLROnPlateau(
            optimizer, mode="min", factor=0.5, patience=1, threshold=0.01, threshold_mode="abs", cooldown=1, min_lr=0.1
        )

    optimizer = torch.optim.SGD([torch.nn.Parameter(torch.zeros(1))], lr=1.0)
    watching = plateau(optimizer)
    watched = []
    for loss in json.loads(sys.argv[2]):
        watched.append(optimizer.param_groups[0]["lr"])
        watching.step(loss)
    return {
        "one-cycle": rates(
            0.1,
            lambda o: schedulers.OneCycleLR(
                o, max_lr=0.1, total_steps=50, pct_start=0.3, div_factor=25, final_div_factor=1e4
            ),
            50,
        ),
        "warm-up": rates(0.2, lambda o: schedulers.LinearLR(o, start_factor=0.25, total_iters=10), 20),
        "plateau": watched,
    }


def from_keras():
    import keras

    schedule = keras.optimizers.schedules.PiecewiseConstantDecay([5, 9], [0.5, 0.25, 0.1])
    return {"piecewise": [float(schedule(i)) for i in range(15)]}


print(json.dumps(from_torch() if sys.argv[1] == "torch" else from_keras()))
