"""Keras on TensorFlow as a contestant: keras-peer.py JOB, a JSON object (see python-peer.ts).

Classifiers train with `fit`, the VAE and the GAN with a loop over a compiled step, as Keras' guides do it. Prints a line
when it is ready and one for each line that it reads; the clock starts after the warm-up iterations of each training.
"""

import json
import sys
import time

import keras
import numpy as np
import tensorflow as tf

job = json.loads(sys.argv[1])
batch, warm_up, iterations = job["batch"], job["warmUp"], job["iterations"]
total = warm_up + iterations
layers, ops = keras.layers, keras.ops
keras.utils.set_random_seed(1)


def rows(column):
    """As many rows as one training takes; bytes become numbers in [0, 1]."""
    data = np.fromfile(column["path"], dtype=column["dtype"]).reshape(column["shape"])
    data = data[np.arange(total * batch) % len(data)]
    is_picture = column["dtype"] == "uint8" and data.ndim == 4
    return data.astype("float32") / 255 if is_picture else data.astype("int32")


data = [rows(column) for column in job["data"]]


def mlp():
    return keras.Sequential(
        [keras.Input((28, 28, 1)), layers.Flatten(), layers.Dense(128, activation="relu"), layers.Dense(10)]
    )


def cnn():
    return keras.Sequential(
        [
            keras.Input((28, 28, 1)),
            layers.Conv2D(32, 3, padding="same", activation="relu"),
            layers.MaxPooling2D(2),
            layers.Conv2D(64, 3, padding="same", activation="relu"),
            layers.MaxPooling2D(2),
            layers.Flatten(),
            layers.Dense(128, activation="relu"),
            layers.Dense(10),
        ]
    )


def resnet20():
    def conv(x, filters, stride=1, size=3):
        x = layers.Conv2D(
            filters, size, strides=stride, padding="same", use_bias=False, kernel_initializer="he_normal"
        )(x)
        return layers.BatchNormalization(momentum=0.9, epsilon=1e-5)(x)

    pictures = keras.Input((28, 28, 1))
    x = layers.ZeroPadding2D(2)(pictures)
    x = layers.ReLU()(conv(x, 16))
    for stage, filters in enumerate([16, 32, 64]):
        for block in range(3):
            stride = 2 if stage > 0 and block == 0 else 1
            way = conv(layers.ReLU()(conv(x, filters, stride)), filters)
            skip = conv(x, filters, 2, 1) if stride == 2 else x
            x = layers.ReLU()(layers.Add()([way, skip]))
    return keras.Model(pictures, layers.Dense(10)(layers.GlobalAveragePooling2D()(x)))


def lstm():
    return keras.Sequential(
        [
            keras.Input((64,), dtype="int32"),
            layers.Embedding(38, 32),
            layers.LSTM(128, return_sequences=True),
            layers.Dense(38),
        ]
    )


class Clock(keras.callbacks.Callback):
    def on_train_batch_end(self, step, logs=None):
        if step + 1 == warm_up:
            self.began = time.perf_counter()
        if step + 1 == total:
            self.seconds = time.perf_counter() - self.began


def classifier(model, metrics):
    """Parameters, and what trains once and answers seconds."""
    model.compile(
        optimizer=keras.optimizers.Adam(1e-3),
        loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True),
        metrics=metrics,
    )

    def train():
        clock = Clock()
        model.fit(*data, batch_size=batch, verbose=0, callbacks=[clock])
        return clock.seconds

    return count(model.trainable_weights), train


def loop(step, weights):
    pictures = tf.data.Dataset.from_tensor_slices(data[0]).shuffle(4096).batch(batch).prefetch(2)

    def train():
        for i, x in enumerate(pictures):
            if i == warm_up:
                began = time.perf_counter()
            step(x)
        return time.perf_counter() - began

    return count(weights), train


def dcgan():
    generator = keras.Sequential(
        [
            keras.Input((100,)),
            layers.Dense(7 * 7 * 128),
            layers.BatchNormalization(),
            layers.ReLU(),
            layers.Reshape((7, 7, 128)),
            layers.Conv2DTranspose(64, 5, strides=2, padding="same"),
            layers.BatchNormalization(),
            layers.ReLU(),
            layers.Conv2DTranspose(1, 5, strides=2, padding="same", activation="sigmoid"),
        ]
    )
    discriminator = keras.Sequential(
        [
            keras.Input((28, 28, 1)),
            layers.Conv2D(64, 5, strides=2, padding="same"),
            layers.LeakyReLU(),
            layers.Conv2D(128, 5, strides=2, padding="same"),
            layers.LeakyReLU(),
            layers.Flatten(),
            layers.Dense(1),
        ]
    )
    entropy = keras.losses.BinaryCrossentropy(from_logits=True)
    judge, forger = (keras.optimizers.Adam(2e-4, beta_1=0.5) for _ in range(2))
    judge.build(discriminator.trainable_variables)
    forger.build(generator.trainable_variables)

    @tf.function
    def step(real):
        noise = tf.random.normal((batch, 100))
        with tf.GradientTape(persistent=True) as tape:
            made = generator(noise, training=True)
            on_real, on_made = discriminator(real, training=True), discriminator(made, training=True)
            judged = entropy(tf.ones_like(on_real), on_real) + entropy(tf.zeros_like(on_made), on_made)
            forged = entropy(tf.ones_like(on_made), on_made)
        of_judge = tape.gradient(judged, discriminator.trainable_variables)
        of_forger = tape.gradient(forged, generator.trainable_variables)
        judge.apply_gradients(zip(of_judge, discriminator.trainable_variables))
        forger.apply_gradients(zip(of_forger, generator.trainable_variables))
        return judged, forged

    return loop(step, generator.trainable_weights + discriminator.trainable_weights)


def vae():
    pictures = keras.Input((28, 28, 1))
    x = layers.Dense(512, activation="relu")(layers.Flatten()(pictures))
    x = layers.Dense(256, activation="relu")(x)
    encoder = keras.Model(pictures, [layers.Dense(2)(x), layers.Dense(2)(x)])
    decoder = keras.Sequential(
        [
            keras.Input((2,)),
            layers.Dense(256, activation="relu"),
            layers.Dense(512, activation="relu"),
            layers.Dense(784),
            layers.Reshape((28, 28, 1)),
        ]
    )
    optimizer = keras.optimizers.Adam(1e-3)
    weights = encoder.trainable_variables + decoder.trainable_variables
    optimizer.build(weights)

    @tf.function
    def step(x):
        with tf.GradientTape() as tape:
            mean, log_variance = encoder(x, training=True)
            z = mean + tf.exp(log_variance / 2) * tf.random.normal(tf.shape(mean))
            logits = decoder(z, training=True)
            entropy = tf.nn.sigmoid_cross_entropy_with_logits(labels=x, logits=logits)
            divergence = -0.5 * tf.reduce_sum(1 + log_variance - mean**2 - tf.exp(log_variance), axis=1)
            loss = tf.reduce_mean(tf.reduce_sum(entropy, axis=[1, 2, 3]) + divergence)
        optimizer.apply_gradients(zip(tape.gradient(loss, weights), weights))
        return loss

    return loop(step, weights)


def count(weights):
    return int(sum(np.prod(weight.shape) for weight in weights))


MODELS = {
    "mlp": lambda: classifier(mlp(), ["accuracy"]),
    "cnn": lambda: classifier(cnn(), ["accuracy"]),
    "resnet20": lambda: classifier(resnet20(), ["accuracy"]),
    "lstm": lambda: classifier(lstm(), []),
    "dcgan": dcgan,
    "vae": vae,
}


def say(answer):
    print(json.dumps(answer), flush=True)


parameters, train = MODELS[job["case"]]()
say({"parameters": parameters, "versions": {"tensorflow": tf.__version__, "keras": keras.__version__}})
for _ in sys.stdin:
    say({"examplesPerSecond": iterations * batch / train()})
