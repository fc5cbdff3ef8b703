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

    return {
        "one-cycle": rates(
            0.1,
            lambda o: schedulers.OneCycleLR(
                o, max_lr=0.1, total_steps=50, pct_start=0.3, div_factor=25, final_div_factor=1e4
            ),
            50,
        ),
        "warm-up": rates(0.2, lambda o: schedulers.LinearLR(o, start_factor=0.25, total_iters=10), 20),
    }


def from_keras():
    import keras

    schedule = keras.optimizers.schedules.PiecewiseConstantDecay([5, 9], [0.5, 0.25, 0.1])
    return {"piecewise": [float(schedule(i)) for i in range(15)], "plateau": plateau(json.loads(sys.argv[2]))}


def plateau(metric):
    """The rate before each of the validations that give these values."""
    import keras

    model = keras.Sequential([keras.layers.Input((1,)), keras.layers.Dense(1)])
    model.compile(keras.optimizers.SGD(1.0), "mse")
    watching = keras.callbacks.ReduceLROnPlateau(
        monitor="metric", mode="max", factor=0.5, patience=2, min_delta=0.01, cooldown=2, min_lr=0.1
    )
    watching.set_model(model)
    watching.on_train_begin()
    rates = []
    for epoch, value in enumerate(metric):
        rates.append(float(model.optimizer.learning_rate.value))
        watching.on_epoch_end(epoch, {"metric": value})
    return rates


print(json.dumps(from_torch() if sys.argv[1] == "torch" else from_keras()))
