"""Writes pytorch.json: layers, loss, Adam and two whole DCGAN steps as PyTorch computes them, for the tests to compare with.

python3 -m venv V && V/bin/pip install torch numpy   (keep V outside the repository; the tests do not need it)
V/bin/python main/reference/make_fixtures.py

Every tensor starts as fill(shape, offset), in our layout: NHWC pictures, HWIO kernels (HWOI for transposed
convolution), [in, out] dense kernels. The tests fill theirs in the same way, so that the file holds results alone.
"""
import json
import pathlib

import torch
import torch.nn.functional as F

torch.set_default_dtype(torch.float64)


def fill(shape, offset, scale=0.5):
    count = torch.Size(shape).numel()
    return (scale * torch.sin(0.7 * torch.arange(count) + offset)).reshape(shape)


def leaf(tensor):
    return tensor.clone().requires_grad_()


def flat(tensor):
    return [round(v, 9) for v in tensor.detach().reshape(-1).tolist()]


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


def case(function, *inputs):
    """The output, and the gradients of sum(output * fill(output, 5)) with respect to every input."""
    inputs = [leaf(i) for i in inputs]
    output = function(*inputs)
    (output * fill(output.shape, 5.0)).sum().backward()
    return {"output": flat(output), "gradients": [flat(i.grad) for i in inputs]}


def layers():
    x = fill((2, 4, 4, 3), 0.0)
    mean, variance = torch.zeros(3), torch.ones(3)
    norm = case(lambda x, s, o: batch_norm(x, s, o), x, fill((3,), 1.0), fill((3,), 2.0))
    batch_norm(x, fill((3,), 1.0), fill((3,), 2.0), mean, variance)
    return {
        "dense": case(lambda x, k, b: x @ k + b, fill((2, 5), 0.0), fill((5, 3), 1.0), fill((3,), 2.0)),
        "conv": case(conv, x, fill((4, 4, 3, 2), 1.0)),
        "transposedConv": case(transposed_conv, x, fill((4, 4, 2, 3), 1.0)),
        "batchNorm": {**norm, "mean": flat(mean), "variance": flat(variance)},
        "relu": case(F.relu, x),
        "leakyRelu": case(lambda x: F.leaky_relu(x, 0.2), x),
        "tanh": case(torch.tanh, x),
        "sigmoid": case(torch.sigmoid, x),
    }


def second_order():
    """Gradient of the squared gradient's sum, through leaky ReLU with a skip path beside it."""
    x = leaf(fill((2, 6), 0.3, 2.0))
    y = (F.leaky_relu(x, 0.2) ** 2 + x ** 3).sum()
    (slope,) = torch.autograd.grad(y, x, create_graph=True)
    (slope ** 2).sum().backward()
    return {"gradient": flat(x.grad)}


def losses():
    real, fake = leaf(fill((4, 1), 0.0, 3.0)), leaf(fill((4, 1), 1.0, 3.0))
    bce = F.binary_cross_entropy_with_logits
    d = bce(real, torch.ones(4, 1)) + bce(fake, torch.zeros(4, 1))
    gradients = torch.autograd.grad(d, [real, fake])
    g = bce(fake, torch.ones(4, 1))
    return {"non-saturating": {
        "discriminator": d.item(), "discriminatorGradients": [flat(v) for v in gradients],
        "generator": g.item(), "generatorGradient": flat(torch.autograd.grad(g, fake)[0]),
    }}


def adam():
    weight = leaf(fill((6,), 0.0))
    optimizer = torch.optim.Adam([weight], lr=0.01, betas=(0.5, 0.999), eps=1e-8)
    history = []
    for update in range(5):
        weight.grad = fill((6,), 1.0 + update)
        optimizer.step()
        history.append(flat(weight))
    return history


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
                "adam": adam(), "dcganSteps": dcgan_steps()}
    pathlib.Path(__file__).with_name("pytorch.json").write_text(json.dumps(fixtures) + "\n")


main()
