"""Real Keras losses on given scores and labels, with and without sample weights."""

import keras
from peer import answer, give, request, tensor

for case in request["cases"]:
    loss = getattr(keras.losses, case["className"])(**case["config"])
    labels, scores = tensor(f"{case['name']}/labels"), tensor(f"{case['name']}/scores")
    give(f"{case['name']}/mean", loss(labels, scores))
    weight = tensor(f"{case['name']}/weight")
    # Netloom divides by the sum of the weights, Keras by the number of examples.
    give(f"{case['name']}/weighted", loss(labels, scores, sample_weight=weight) * len(weight) / weight.sum())
answer()
