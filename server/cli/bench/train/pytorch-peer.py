"""PyTorch, op by op, as a contestant: pytorch-peer.py JOB, a JSON object (see python-peer.ts).

Prints a line when it is ready and one for each line that it reads; the clock starts after the warm-up iterations.
"""

import json
import sys
import time

import numpy as np
import torch
from torch import nn
from torch.nn import functional

job = json.loads(sys.argv[1])
batch, warm_up, iterations = job["batch"], job["warmUp"], job["iterations"]
total = warm_up + iterations
torch.set_num_threads(job["threads"])
torch.manual_seed(1)


def rows(column):
    """As many rows as one training takes; pictures become numbers in [0, 1], channels first."""
    data = np.fromfile(column["path"], dtype=column["dtype"]).reshape(column["shape"])
    data = torch.from_numpy(data[np.arange(total * batch) % len(data)])
    is_picture = column["dtype"] == "uint8" and data.ndim == 4
    return data.permute(0, 3, 1, 2).contiguous().float() / 255 if is_picture else data.long()


data = [rows(column) for column in job["data"]]


class Block(nn.Module):
    def __init__(self, inward, outward, stride):
        super().__init__()
        self.way = nn.Sequential(
            nn.Conv2d(inward, outward, 3, stride, 1, bias=False),
            nn.BatchNorm2d(outward),
            nn.ReLU(),
            nn.Conv2d(outward, outward, 3, 1, 1, bias=False),
            nn.BatchNorm2d(outward),
        )
        change = nn.Sequential(nn.Conv2d(inward, outward, 1, stride, bias=False), nn.BatchNorm2d(outward))
        self.skip = change if stride == 2 else nn.Identity()

    def forward(self, x):
        return functional.relu(self.way(x) + self.skip(x))


class Writer(nn.Module):
    def __init__(self):
        super().__init__()
        self.letters = nn.Embedding(38, 32)
        self.memory = nn.LSTM(32, 128, batch_first=True)
        # PyTorch adds two biases; one is enough.
        self.memory.bias_hh_l0.requires_grad_(False)
        self.scores = nn.Linear(128, 38)

    def forward(self, tokens):
        return self.scores(self.memory(self.letters(tokens))[0]).flatten(0, 1)


def mlp():
    return nn.Sequential(nn.Flatten(), nn.Linear(784, 128), nn.ReLU(), nn.Linear(128, 10))


def cnn():
    return nn.Sequential(
        *(nn.Conv2d(1, 32, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2)),
        *(nn.Conv2d(32, 64, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2)),
        *(nn.Flatten(), nn.Linear(3136, 128), nn.ReLU(), nn.Linear(128, 10)),
    )


def resnet20():
    sizes = [(16, 16, 1)] * 3 + [(16, 32, 2)] + [(32, 32, 1)] * 2 + [(32, 64, 2)] + [(64, 64, 1)] * 2
    return nn.Sequential(
        nn.ZeroPad2d(2),
        *(nn.Conv2d(1, 16, 3, padding=1, bias=False), nn.BatchNorm2d(16), nn.ReLU()),
        *(Block(*size) for size in sizes),
        *(nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(64, 10)),
    )


def adam(model, rate=1e-3, **rest):
    return torch.optim.Adam(model.parameters(), lr=rate, **rest)


def descend(optimizer, loss):
    optimizer.zero_grad(set_to_none=True)
    loss.backward()
    optimizer.step()


def classifier(model):
    optimizer = adam(model)

    def step(x, labels):
        logits, labels = model(x), labels.flatten()
        loss = functional.cross_entropy(logits, labels)
        descend(optimizer, loss)
        return loss.item(), (logits.argmax(1) == labels).float().mean().item()

    return step, [model]


def dcgan():
    generator = nn.Sequential(
        *(nn.Linear(100, 6272), nn.BatchNorm1d(6272), nn.ReLU(), nn.Unflatten(1, (128, 7, 7))),
        *(nn.ConvTranspose2d(128, 64, 5, 2, 2, 1), nn.BatchNorm2d(64), nn.ReLU()),
        *(nn.ConvTranspose2d(64, 1, 5, 2, 2, 1), nn.Sigmoid()),
    )
    discriminator = nn.Sequential(
        *(nn.Conv2d(1, 64, 5, 2, 2), nn.LeakyReLU(0.3), nn.Conv2d(64, 128, 5, 2, 2), nn.LeakyReLU(0.3)),
        *(nn.Flatten(), nn.Linear(6272, 1)),
    )
    judge, forger = (adam(model, 2e-4, betas=(0.5, 0.999)) for model in (discriminator, generator))
    entropy = functional.binary_cross_entropy_with_logits

    def step(real):
        made = generator(torch.randn(len(real), 100))
        on_real, on_made = discriminator(real), discriminator(made)
        judged = entropy(on_real, torch.ones_like(on_real)) + entropy(on_made, torch.zeros_like(on_made))
        forged = entropy(on_made, torch.ones_like(on_made))
        # Both at the same weights: none changes before both are there.
        sides = [(judge, discriminator, judged), (forger, generator, forged)]
        gradients = [torch.autograd.grad(loss, [*model.parameters()], retain_graph=True) for _, model, loss in sides]
        for (optimizer, model, _), of_model in zip(sides, gradients):
            for weight, gradient in zip(model.parameters(), of_model):
                weight.grad = gradient
            optimizer.step()
        return judged.item(), forged.item()

    return step, [generator, discriminator]


def vae():
    encoder = nn.Sequential(nn.Flatten(), nn.Linear(784, 512), nn.ReLU(), nn.Linear(512, 256), nn.ReLU())
    heads = nn.ModuleList([nn.Linear(256, 2), nn.Linear(256, 2)])
    decoder = nn.Sequential(nn.Linear(2, 256), nn.ReLU(), nn.Linear(256, 512), nn.ReLU(), nn.Linear(512, 784))
    optimizer = adam(nn.ModuleList([encoder, heads, decoder]))

    def step(x):
        hidden = encoder(x)
        mean, log_variance = (head(hidden) for head in heads)
        logits = decoder(mean + (log_variance / 2).exp() * torch.randn_like(mean))
        entropy = functional.binary_cross_entropy_with_logits(logits, x.flatten(1), reduction="sum")
        divergence = -0.5 * (1 + log_variance - mean**2 - log_variance.exp()).sum()
        loss = (entropy + divergence) / len(x)
        descend(optimizer, loss)
        return loss.item()

    return step, [encoder, heads, decoder]


MODELS = {
    "mlp": lambda: classifier(mlp()),
    "cnn": lambda: classifier(cnn()),
    "resnet20": lambda: classifier(resnet20()),
    "lstm": lambda: classifier(Writer()),
    "dcgan": dcgan,
    "vae": vae,
}
step, models = MODELS[job["case"]]()


def train():
    order = torch.randperm(total * batch)
    for i in range(total):
        if i == warm_up:
            began = time.perf_counter()
        chosen = order[i * batch : (i + 1) * batch]
        step(*(column[chosen] for column in data))
    return time.perf_counter() - began


def say(answer):
    print(json.dumps(answer), flush=True)


weights = [weight for model in models for weight in model.parameters() if weight.requires_grad]
say({"parameters": sum(weight.numel() for weight in weights), "versions": {"pytorch": torch.__version__}})
for _ in sys.stdin:
    say({"examplesPerSecond": iterations * batch / train()})
