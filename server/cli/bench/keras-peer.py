"""Examples per second of Keras `fit` on TensorFlow: keras-peer.py CASE IMAGES LABELS EXAMPLES BATCH WARM_UP_EXAMPLES.

IMAGES and LABELS are raw uint8 files of 28x28 pictures and their classes. Prints one line of JSON.
"""

import json
import sys
import time

import keras
import numpy as np
import tensorflow as tf

case, images, labels, examples, batch, warm_up = sys.argv[1:]
examples, batch, warm_up = int(examples), int(batch), int(warm_up)

x = np.fromfile(images, dtype=np.uint8).reshape(-1, 28, 28, 1).astype("float32") / 255
y = np.fromfile(labels, dtype=np.uint8).astype("int32")
rows = np.arange(examples) % len(x)
x, y = x[rows], y[rows]

layers = keras.layers
if case == "mlp":
    stack = [layers.Flatten(), layers.Dense(128, activation="relu"), layers.Dense(10)]
else:
    stack = [
        layers.Conv2D(32, 3, padding="same", activation="relu"),
        layers.MaxPooling2D(2),
        layers.Conv2D(64, 3, padding="same", activation="relu"),
        layers.MaxPooling2D(2),
        layers.Flatten(),
        layers.Dense(128, activation="relu"),
        layers.Dense(10),
    ]
keras.utils.set_random_seed(1)
model = keras.Sequential([keras.Input((28, 28, 1)), *stack])
model.compile(
    optimizer=keras.optimizers.Adam(1e-3),
    loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True),
    metrics=["accuracy"],
)
model.fit(x[:warm_up], y[:warm_up], batch_size=batch, verbose=0)
began = time.perf_counter()
model.fit(x, y, batch_size=batch, verbose=0)
seconds = time.perf_counter() - began
print(
    json.dumps(
        {
            "examplesPerSecond": examples / seconds,
            "tensorflow": tf.__version__,
            "keras": keras.__version__,
            "parameters": model.count_params(),
        }
    )
)
