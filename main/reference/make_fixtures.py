"""Writes pytorch.json: layers, penalties, losses, optimisers and two whole DCGAN steps as PyTorch computes them, for the tests to compare with.

python3 -m venv V && V/bin/pip install torch numpy   (keep V outside the repository; the tests do not need it)
V/bin/python main/reference/make_fixtures.py

Every tensor starts as fill(shape, offset), in our layout: NHWC pictures, HWIO kernels (HWOI for transposed
convolution), [in, out] dense kernels. The tests fill theirs in the same way, so that the file holds results alone.
"""
import json
import pathlib

import torch
import torch.nn.functional as F
from torch import nn
from torch.nn.utils.parametrizations import spectral_norm

torch.set_default_dtype(torch.float64)


def fill(shape, offset, scale=0.5):
    count = torch.Size(shape).numel()
    return (scale * torch.sin(0.7 * torch.arange(count) + offset)).reshape(shape)


def leaf(tensor):
    return tensor.clone().requires_grad_()


def flat(tensor):
    return [float(f"{v:.7g}") for v in tensor.detach().reshape(-1).tolist()]


def nchw(x):
    return x.permute(0, 3, 1, 2)


def nhwc(x):
    return x.permute(0, 2, 3, 1)


def conv(x, kernel):
    return nhwc(F.conv2d(nchw(x), kernel.permute(3, 2, 0, 1), stride=2, padding=1))


def transposed_conv(x, kernel):
    return nhwc(F.conv_transpose2d(nchw(x), kernel.permute(3, 2, 0, 1), stride=2, padding=1))


def batch_norm(x, scale, offset, mean=None, variance=None):
    return nhwc(F.batch_norm(nchw(x), mean, variance, scale, offset, training=True, momentum=0.1, eps=1e-5))


def group_norm(x, scale, offset, groups):
    moved = x if x.dim() == 2 else nchw(x)
    y = F.group_norm(moved, groups, scale, offset, eps=1e-5)
    return y if x.dim() == 2 else nhwc(y)


def pixel_shuffle(x):
    batch, height, width, channels = x.shape
    torch_order = x.reshape(batch, height, width, 4, channels // 4).transpose(3, 4).reshape(x.shape)
    return nhwc(F.pixel_shuffle(nchw(torch_order), 2))


def minibatch_discrimination(x, kernel, dimensions=2):
    m = (x @ kernel).reshape(len(x), dimensions, -1)
    distances = (m[:, None] - m[None]).abs().sum(2)
    others = 1 - torch.eye(len(x))[:, :, None]
    return torch.cat([x, (others * torch.exp(-distances)).sum(1)], 1)


def minibatch_deviation(x, group=2):
    groups = x.reshape(group, len(x) // group, *x.shape[1:])
    deviation = (groups.var(0, correction=0) + 1e-8).sqrt().mean((1, 2, 3))
    return torch.cat([x, deviation.repeat(group)[:, None, None, None].expand(*x.shape[:3], 1)], 3)


def spectral(module, weight, u):
    """The weight as PyTorch normalises it in training, starting from u; also u afterwards, and the weight of inference then."""
    norm = spectral_norm(module).parametrizations.weight[0].train()
    matrix = norm._reshape_weight_to_matrix(weight.detach())
    norm._u.copy_(F.normalize(u, dim=0))
    norm._v.copy_(F.normalize(matrix.T @ u, dim=0))
    return norm(weight), norm._u.clone(), norm.eval()(weight)


def spectral_case(module, turn, function, x, kernel, u):
    moved = spectral(module(), turn(kernel), u)
    return {**case(lambda x, k: function(x, spectral(module(), turn(k), u)[0]), x, kernel), "u": flat(moved[1]),
            "inference": flat(function(x, moved[2]))}


def case(function, *inputs, order=2, moving=1):
    """
    The output, and the gradients of sum(output * c) with respect to every input, where c = fill(output, 5). The first `moving`
    inputs are x's. Then, of a penalty beside a skip path, s + sum((ds/dx)^2) with s = sum((c + output) * output) + sum(x^3), again the gradients.
    """
    inputs = [leaf(i) for i in inputs]
    output = function(*inputs)
    c = fill(output.shape, 5.0)
    first = {"output": flat(output), "gradients": [flat(g) for g in torch.autograd.grad((output * c).sum(), inputs)]}
    if order == 1:
        return first
    output = function(*inputs)
    s = ((c + output) * output).sum() + sum((x ** 3).sum() for x in inputs[:moving])
    slopes = torch.autograd.grad(s, inputs[:moving], create_graph=True)
    total = s + sum((slope ** 2).sum() for slope in slopes)
    return {**first, "penalised": [flat(g) for g in torch.autograd.grad(total, inputs)]}


def layers():
    x, small, wide = fill((2, 4, 4, 3), 0.0), fill((2, 4, 4, 2), 0.0), fill((2, 2, 2, 4), 0.0)
    scale, offset = fill((4,), 1.0), fill((4,), 2.0)
    mean, variance = torch.zeros(3), torch.ones(3)
    norm = case(lambda x, s, o: batch_norm(x, s, o), x, fill((3,), 1.0), fill((3,), 2.0), order=1)
    batch_norm(x, fill((3,), 1.0), fill((3,), 2.0), mean, variance)
    return {
        "dense": case(lambda x, k, b: x @ k + b, fill((2, 5), 0.0), fill((5, 3), 1.0), fill((3,), 2.0)),
        "conv": case(conv, x, fill((4, 4, 3, 2), 1.0)),
        "convWithBias": case(lambda x, k, b: conv(x, k) + b, small, fill((4, 4, 2, 2), 1.0), fill((2,), 2.0)),
        "validConv": case(lambda x, k: nhwc(F.conv2d(nchw(x), k.permute(3, 2, 0, 1))), small, fill((3, 3, 2, 2), 1.0)),
        "transposedConv": case(transposed_conv, x, fill((4, 4, 2, 3), 1.0)),
        "batchNorm": {**norm, "mean": flat(mean), "variance": flat(variance)},
        "groupNorm": case(lambda x, s, o: group_norm(x, s, o, 2), wide, scale, offset),
        "instanceNorm": case(lambda x, s, o: group_norm(x, s, o, 4), wide, scale, offset),
        "layerNorm": case(lambda x, s, o: group_norm(x, s, o, 1), wide, scale, offset),
        "layerNormOfVectors": case(lambda x, s, o: F.layer_norm(x, (4,), s, o, eps=1e-5), fill((3, 4), 0.0), scale, offset),
        "relu": case(F.relu, small),
        "leakyRelu": case(lambda x: F.leaky_relu(x, 0.2), small),
        "tanh": case(torch.tanh, small),
        "sigmoid": case(torch.sigmoid, small),
        "elu": case(F.elu, small),
        "swish": case(F.silu, small),
        "upsample": case(lambda x: nhwc(F.interpolate(nchw(x), scale_factor=2, mode="nearest")), wide),
        "averagePool": case(lambda x: nhwc(F.avg_pool2d(nchw(x), 2)), small),
        "globalAveragePool": case(lambda x: x.mean((1, 2)), wide),
        "pixelShuffle": case(pixel_shuffle, wide),
        "add": case(lambda *x: sum(x), wide, fill((2, 2, 2, 4), 1.0), fill((2, 2, 2, 4), 2.0), moving=3),
        "multiply": case(lambda x, f: x * f, wide, fill((2, 1, 1, 4), 1.0), moving=2),
        "multiplyByVector": case(lambda x, f: x * f[:, None, None], wide, fill((2, 4), 1.0), moving=2),
        "concat": case(lambda *x: torch.cat(x, 3), fill((2, 2, 2, 1), 0.0), fill((2, 2, 2, 2), 1.0), moving=2),
        "minibatchDiscrimination": case(minibatch_discrimination, fill((4, 5), 0.0), fill((5, 6), 1.0)),
        "minibatchDeviation": case(minibatch_deviation, wide.reshape(4, 2, 2, 2)),
        "spectralDense": spectral_case(lambda: nn.Linear(5, 3, bias=False), lambda k: k.T, F.linear, fill((2, 5), 0.0),
                                       fill((5, 3), 1.0), fill((3,), 2.0)),
        "spectralConv": spectral_case(
            lambda: nn.Conv2d(2, 2, 4, bias=False), lambda k: k.permute(3, 2, 0, 1),
            lambda x, w: nhwc(F.conv2d(nchw(x), w, stride=2, padding=1)), small, fill((4, 4, 2, 2), 1.0), fill((2,), 2.0)),
        "spectralTransposedConv": spectral_case(
            lambda: nn.ConvTranspose2d(4, 2, 4, bias=False), lambda k: k.permute(3, 2, 0, 1),
            lambda x, w: nhwc(F.conv_transpose2d(nchw(x), w, stride=2, padding=1)), wide, fill((4, 4, 2, 4), 1.0), fill((2,), 2.0)),
    }


def critic(weights, x):
    """Convolutions with kernels and strides as conv() has them, leaky ReLU, no norm."""
    kernel1, bias1, kernel2, bias2, kernel3, bias3 = weights
    x = F.leaky_relu(conv(x, kernel1) + bias1, 0.2)
    x = F.leaky_relu(conv(x, kernel2) + bias2, 0.2)
    return x.flatten(1) @ kernel3 + bias3


def penalties():
    """Of critic() with weights fill(shape, index, 0.3), at fill((3, 8, 8, 2), 10, 1); the last bias is 0 to all of them."""
    shapes = [(4, 4, 2, 4), (4,), (4, 4, 4, 4), (4,), (2 * 2 * 4, 1), (1,)]

    def penalty(measure):
        weights = [leaf(fill(shape, index, 0.3)) for index, shape in enumerate(shapes)]
        x = leaf(fill((3, 8, 8, 2), 10.0, 1.0))
        (slopes,) = torch.autograd.grad(critic(weights, x).sum(), x, create_graph=True)
        value = measure((slopes ** 2).sum((1, 2, 3)))
        return {"value": value.item(), "gradients": [flat(g) for g in torch.autograd.grad(value, weights, materialize_grads=True)]}

    return {"wganGp": penalty(lambda squares: ((squares.sqrt() - 1) ** 2).mean()), "r1": penalty(lambda squares: 0.5 * squares.mean())}


def second_order():
    """Gradient of the squared gradient's sum, through leaky ReLU with a skip path beside it."""
    x = leaf(fill((2, 6), 0.3, 2.0))
    y = (F.leaky_relu(x, 0.2) ** 2 + x ** 3).sum()
    (slope,) = torch.autograd.grad(y, x, create_graph=True)
    (slope ** 2).sum().backward()
    return {"gradient": flat(x.grad)}


def loss_case(discriminator, generator, options=None, verdicts=1):
    """Both losses and their gradients with respect to [real, fake], zeros where a verdict is not used."""
    real, fake = leaf(fill((4, verdicts), 0.0, 3.0)), leaf(fill((4, verdicts), 1.0, 3.0))

    def measured(loss):
        value = loss(real, fake)
        return {"value": value.item(), "gradients": [flat(g) for g in torch.autograd.grad(value, [real, fake], materialize_grads=True)]}

    return {"options": options or {}, "discriminator": measured(discriminator), "generator": measured(generator)}


def least_squares(a, b, c):
    return loss_case(lambda r, f: 0.5 * ((r - b) ** 2).mean() + 0.5 * ((f - a) ** 2).mean(), lambda r, f: 0.5 * ((f - c) ** 2).mean(),
                     {"fake": a, "real": b, "target": c})


def losses():
    """By kind, one case for each set of options."""
    def towards(logits, label):
        return F.binary_cross_entropy_with_logits(logits, torch.full_like(logits, label))

    def among(nodes, kind):
        return F.cross_entropy(nodes, torch.full((len(nodes),), kind))

    def relativistic(more, less):
        return towards(more - less.mean(), 1.0) + towards(less - more.mean(), 0.0)

    bce = lambda r, f: towards(r, 1.0) + towards(f, 0.0)
    classes = lambda r, f: among(r, 0) + among(f, 1)
    return {
        "non-saturating": [loss_case(bce, lambda r, f: towards(f, 1.0))],
        "minimax": [loss_case(bce, lambda r, f: torch.log(1 - torch.sigmoid(f)).mean())],
        "two-node": [loss_case(classes, lambda r, f: among(f, 0), {"saturating": False}, verdicts=2),
                     loss_case(classes, lambda r, f: -among(f, 1), {"saturating": True}, verdicts=2)],
        "least-squares": [least_squares(0, 1, 1), least_squares(-1, 1, 0)],
        "wasserstein": [loss_case(lambda r, f: f.mean() - r.mean(), lambda r, f: -f.mean())],
        "hinge": [loss_case(lambda r, f: F.relu(1 - r).mean() + F.relu(1 + f).mean(), lambda r, f: -f.mean())],
        "relativistic-average": [loss_case(relativistic, lambda r, f: relativistic(f, r))],
    }


def trajectory(make_optimizer):
    """A weight that starts as fill((6,), 0), after each of five updates with gradients fill((6,), 1), fill((6,), 2), ..."""
    weight = leaf(fill((6,), 0.0))
    optimizer = make_optimizer([weight])
    history = []
    for update in range(5):
        weight.grad = fill((6,), 1.0 + update)
        optimizer.step()
        history.append(flat(weight))
    return history


def rmsprop_tensorflow(momentum, rate=0.01, decay=0.99, epsilon=1e-8):
    """As TensorFlow's ApplyRMSProp has it: epsilon inside the root, the rate inside the momentum. Everything starts at 0."""
    weight, square, velocity = fill((6,), 0.0), torch.zeros(6), torch.zeros(6)
    history = []
    for update in range(5):
        gradient = fill((6,), 1.0 + update)
        square = decay * square + (1 - decay) * gradient ** 2
        velocity = momentum * velocity + rate * gradient / torch.sqrt(square + epsilon)
        weight = weight - velocity
        history.append(flat(weight))
    return history


def optimizers():
    def rmsprop(momentum):
        return trajectory(lambda weights: torch.optim.RMSprop(weights, lr=0.01, alpha=0.99, eps=1e-8, momentum=momentum))

    return {
        "adam": trajectory(lambda weights: torch.optim.Adam(weights, lr=0.01, betas=(0.5, 0.999), eps=1e-8)),
        "rmsprop": {"plain": rmsprop(0.0), "momentum": rmsprop(0.9)},
        "rmspropTensorFlow": {"plain": rmsprop_tensorflow(0.0), "momentum": rmsprop_tensorflow(0.9)},
        "sgdMomentum": trajectory(lambda weights: torch.optim.SGD(weights, lr=0.01, momentum=0.9)),
    }


WIDTH, SIZE, Z, BATCH = 4, 28, 8, 4


def dcgan_weights():
    """In the order in which our networks list the weights that the optimiser moves."""
    shapes = {
        "generator": [(Z, 7 * 7 * 2 * WIDTH), (2 * WIDTH,), (2 * WIDTH,), (4, 4, WIDTH, 2 * WIDTH), (WIDTH,), (WIDTH,),
                      (4, 4, 1, WIDTH), (1,)],
        "discriminator": [(4, 4, 1, WIDTH), (WIDTH,), (4, 4, WIDTH, 2 * WIDTH), (2 * WIDTH,), (2 * WIDTH,),
                          (7 * 7 * 2 * WIDTH, 1), (1,)],
    }
    return {name: [leaf(fill(shape, index, 0.1)) for index, shape in enumerate(group)] for name, group in shapes.items()}


def generate(w, z):
    x = (z @ w[0]).reshape(-1, 7, 7, 2 * WIDTH)
    x = F.relu(batch_norm(x, w[1], w[2]))
    x = F.relu(batch_norm(transposed_conv(x, w[3]), w[4], w[5]))
    return torch.tanh(transposed_conv(x, w[6]) + w[7])


def judge(w, x):
    x = F.leaky_relu(conv(x, w[0]) + w[1], 0.2)
    x = F.leaky_relu(batch_norm(conv(x, w[2]), w[3], w[4]), 0.2)
    return x.flatten(1) @ w[5] + w[6]


def dcgan_steps():
    weights = dcgan_weights()
    g, d = weights["generator"], weights["discriminator"]
    optimizers = {name: torch.optim.Adam(group, lr=2e-3, betas=(0.5, 0.999), eps=1e-8) for name, group in weights.items()}
    bce, one, zero = F.binary_cross_entropy_with_logits, torch.ones(BATCH, 1), torch.zeros(BATCH, 1)
    history = []
    for step in range(2):
        real, z = fill((BATCH, SIZE, SIZE, 1), 10.0 + step, 1.0), fill((BATCH, Z), 20.0 + step, 1.0)
        fake = generate(g, z)
        loss_d = bce(judge(d, real), one) + bce(judge(d, fake.detach()), zero)
        optimizers["discriminator"].zero_grad()
        loss_d.backward()
        optimizers["discriminator"].step()
        loss_g = bce(judge(d, generate(g, z)), one)
        optimizers["generator"].zero_grad()
        loss_g.backward()
        optimizers["generator"].step()
        history.append({"discriminator": loss_d.item(), "generator": loss_g.item()})
    sums = {name: [[w.sum().item(), (w ** 2).sum().item()] for w in group] for name, group in weights.items()}
    return {"losses": history, "weights": sums}


def main():
    fixtures = {"pytorch": torch.__version__, "layers": layers(), "secondOrder": second_order(), "losses": losses(),
                "penalties": penalties(), **optimizers(), "dcganSteps": dcgan_steps()}
    pathlib.Path(__file__).with_name("pytorch.json").write_text(json.dumps(fixtures) + "\n")


main()
