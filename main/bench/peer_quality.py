"""The peers of the quality bench: two small GANs in PyTorch, trained on the processor for so much of its time.

V/bin/python peer_quality.py --model dcgan --width 32 --size 64 --channels 3 --pictures FILE --seconds 300 --samples FILE

dcgan: as PyTorch's own example has it (transposed convolutions, batch norm, binary cross-entropy, Adam 2e-4 (.5, .999),
weights from N(0, .02), batches of 64). Its width is a flag; its size, any power of two from 16.
small: after FastGAN's recipe for small data (Liu et al. 2021): gated blocks and skip-layer excitation in G, spectral norm,
hinge loss on patches, DiffAugment (colour, translation), D rebuilds real pictures, an average of G's weights (.999), Adam
2e-4 (.5, .999), batches of 8, pictures mirrored by chance.

Pictures and samples are files of bytes, [count, size, size, channels]. Prints one JSON line.
"""
import argparse, json, math, resource, time
import numpy as np
import torch
from torch import nn
from torch.nn import functional as F
from torch.nn.utils.parametrizations import spectral_norm

MOST = 8  # times the width: no layer has more channels


def dcgan(width, size, channels, latent=100):
    levels = int(math.log2(size)) - 2
    wide = [width * min(MOST, 2 ** level) for level in range(levels)]
    up = [nn.ConvTranspose2d(latent, wide[-1], 4, 1, 0, bias=False), nn.BatchNorm2d(wide[-1]), nn.ReLU(True)]
    for a, b in zip(wide[:0:-1], wide[-2::-1]):
        up += [nn.ConvTranspose2d(a, b, 4, 2, 1, bias=False), nn.BatchNorm2d(b), nn.ReLU(True)]
    generator = nn.Sequential(*up, nn.ConvTranspose2d(wide[0], channels, 4, 2, 1, bias=False), nn.Tanh())
    down = [nn.Conv2d(channels, wide[0], 4, 2, 1, bias=False), nn.LeakyReLU(0.2, True)]
    for a, b in zip(wide, wide[1:]):
        down += [nn.Conv2d(a, b, 4, 2, 1, bias=False), nn.BatchNorm2d(b), nn.LeakyReLU(0.2, True)]
    discriminator = nn.Sequential(*down, nn.Conv2d(wide[-1], 1, 4, 1, 0, bias=False))
    for module in [*generator.modules(), *discriminator.modules()]:
        if isinstance(module, (nn.Conv2d, nn.ConvTranspose2d)):
            nn.init.normal_(module.weight, 0.0, 0.02)
        elif isinstance(module, nn.BatchNorm2d):
            nn.init.normal_(module.weight, 1.0, 0.02)
            nn.init.zeros_(module.bias)
    return generator, discriminator


def conv(*options, **named):
    return spectral_norm(nn.Conv2d(*options, bias=False, **named))


class Larger(nn.Sequential):
    def __init__(self, a, b):
        super().__init__(nn.Upsample(scale_factor=2), conv(a, 2 * b, 3, 1, 1), nn.BatchNorm2d(2 * b), nn.GLU(1))


class Excitation(nn.Module):
    def __init__(self, a, b):
        super().__init__()
        self.shares = nn.Sequential(nn.AdaptiveAvgPool2d(4), conv(a, b, 4), nn.SiLU(), conv(b, b, 1), nn.Sigmoid())

    def forward(self, small, large):
        return large * self.shares(small)


class SmallGenerator(nn.Module):
    def __init__(self, width, size, channels, latent):
        super().__init__()
        levels = int(math.log2(size)) - 2
        wide = [width * min(MOST, 2 ** level) for level in range(levels, -1, -1)]
        self.start = nn.Sequential(spectral_norm(nn.ConvTranspose2d(latent, 2 * wide[0], 4, 1, 0, bias=False)),
                                   nn.BatchNorm2d(2 * wide[0]), nn.GLU(1))
        self.larger = nn.ModuleList(Larger(a, b) for a, b in zip(wide, wide[1:]))
        self.excitation = Excitation(wide[0], wide[-1])
        self.image = nn.Sequential(conv(wide[-1], channels, 3, 1, 1), nn.Tanh())

    def forward(self, z):
        first = x = self.start(z)
        for larger in self.larger:
            x = larger(x)
        return self.image(self.excitation(first, x))


class Smaller(nn.Module):
    def __init__(self, a, b):
        super().__init__()
        leaky = lambda: nn.LeakyReLU(0.2)
        self.main = nn.Sequential(conv(a, b, 4, stride=2, padding=1), nn.BatchNorm2d(b), leaky(),
                                  conv(b, b, 3, padding=1), nn.BatchNorm2d(b), leaky())
        self.straight = nn.Sequential(nn.AvgPool2d(2), conv(a, b, 1), nn.BatchNorm2d(b), leaky())

    def forward(self, x):
        return (self.main(x) + self.straight(x)) / 2


class SmallDiscriminator(nn.Module):
    def __init__(self, width, size, channels):
        super().__init__()
        levels = int(math.log2(size)) - 3  # down to 8 pixels
        wide = [width * min(MOST, 2 ** level) for level in range(1, levels + 1)]
        self.down = nn.Sequential(conv(channels, wide[0], 4, stride=2, padding=1), nn.LeakyReLU(0.2),
                                  *[Smaller(a, b) for a, b in zip(wide, wide[1:])])
        self.verdict = nn.Sequential(conv(wide[-1], wide[-1], 1), nn.BatchNorm2d(wide[-1]), nn.LeakyReLU(0.2),
                                     conv(wide[-1], 1, 4))
        narrow = [width * min(MOST, 2 ** level) for level in range(levels, 0, -1)]
        self.rebuild = nn.Sequential(*[Larger(a, b) for a, b in zip(narrow, narrow[1:])],
                                     conv(narrow[-1], channels, 3, padding=1), nn.Tanh())

    def forward(self, x):
        kept = self.down(x)
        return self.verdict(kept), kept


def changed(x):
    """Brightness, saturation, contrast, and a shift by up to an eighth: Zhao et al. 2020, DiffAugment."""
    n, _, h, w = x.shape
    draw = lambda: torch.rand(n, 1, 1, 1)
    x = x + draw() - 0.5
    grey = x.mean(1, keepdim=True)
    x = grey + (x - grey) * draw() * 2
    mean = x.mean((1, 2, 3), keepdim=True)
    x = mean + (x - mean) * (draw() + 0.5)
    most = h // 8
    padded = F.pad(x, (most,) * 4)
    down, right = torch.randint(0, 2 * most + 1, (2, n))
    rows = (torch.arange(h)[None] + down[:, None])[:, :, None]
    columns = (torch.arange(w)[None] + right[:, None])[:, None]
    return padded.permute(0, 2, 3, 1)[torch.arange(n)[:, None, None], rows, columns].permute(0, 3, 1, 2)


def margin(verdict):
    """Hinge with a margin of 0.8 to 1, drawn anew, as in FastGAN's code."""
    return F.relu(0.8 + 0.2 * torch.rand_like(verdict) + verdict).mean()


def dcgan_trainer(a, real):
    g, d = (net.to(memory_format=torch.channels_last) for net in dcgan(a.width, a.size, a.channels))
    adam = lambda net: torch.optim.Adam(net.parameters(), 2e-4, (0.5, 0.999))
    opt_g, opt_d = adam(g), adam(d)
    bce, batch = nn.BCEWithLogitsLoss(), 64
    one, zero = torch.ones(batch), torch.zeros(batch)

    def step():
        opt_d.zero_grad()
        fake = g(torch.randn(batch, 100, 1, 1))
        (bce(d(real(batch)).view(-1), one) + bce(d(fake.detach()).view(-1), zero)).backward()
        opt_d.step()
        opt_g.zero_grad()
        bce(d(fake).view(-1), one).backward()
        opt_g.step()

    return step, lambda count: g.eval()(torch.randn(count, 100, 1, 1))


def small_trainer(a, real):
    latent, batch = 128, 8
    make = lambda: SmallGenerator(a.width, a.size, a.channels, latent)
    g, average, d = make(), make(), SmallDiscriminator(a.width, a.size, a.channels)
    g, average, d = (net.to(memory_format=torch.channels_last) for net in (g, average, d))
    average.load_state_dict(g.state_dict())
    adam = lambda net: torch.optim.Adam(net.parameters(), 2e-4, (0.5, 0.999))
    opt_g, opt_d = adam(g), adam(d)

    def step():
        pictures = real(batch)
        mirrored = torch.rand(batch, 1, 1, 1) < 0.5
        pictures = changed(torch.where(mirrored, pictures.flip(3), pictures))
        fake = g(torch.randn(batch, latent, 1, 1))
        opt_d.zero_grad()
        verdict, kept = d(pictures)
        rebuilt = d.rebuild(kept)
        loss = margin(-verdict) + margin(d(changed(fake.detach()))[0])
        (loss + (rebuilt - F.interpolate(pictures, size=rebuilt.shape[2:], mode='area')).abs().mean()).backward()
        opt_d.step()
        opt_g.zero_grad()
        (-d(changed(fake))[0].mean()).backward()
        opt_g.step()
        with torch.no_grad():
            for kept, new in zip(average.parameters(), g.parameters()):
                kept.lerp_(new, 0.001)
            for kept, new in zip(average.buffers(), g.buffers()):
                kept.copy_(new)

    return step, lambda count: average.eval()(torch.randn(count, latent, 1, 1))


def main():
    p = argparse.ArgumentParser()
    p.add_argument('--model', choices=['dcgan', 'small'], required=True)
    for name in ('width', 'size', 'channels', 'seconds', 'seed', 'count'):
        p.add_argument('--' + name, type=float if name == 'seconds' else int, required=True)
    p.add_argument('--pictures', required=True)
    p.add_argument('--samples', required=True)
    a = p.parse_args()
    torch.set_num_threads(1)
    torch.manual_seed(a.seed)
    pictures = torch.from_numpy(np.fromfile(a.pictures, np.uint8).reshape(-1, a.size, a.size, a.channels))
    pictures = (pictures.permute(0, 3, 1, 2).float() / 127.5 - 1).contiguous(memory_format=torch.channels_last)

    order = torch.empty(0, dtype=torch.long)

    def real(batch):
        nonlocal order
        while len(order) < batch:
            order = torch.cat([order, torch.randperm(len(pictures))])
        taken, order = order[:batch], order[batch:]
        return pictures[taken]

    start = time.process_time()
    step, sample = {'dcgan': dcgan_trainer, 'small': small_trainer}[a.model](a, real)
    steps = 0
    while time.process_time() - start < a.seconds:
        step()
        steps += 1
    with torch.no_grad():
        made = ((sample(a.count).permute(0, 2, 3, 1).clamp(-1, 1) + 1) * 127.5).round().to(torch.uint8)
    made.contiguous().numpy().tofile(a.samples)
    print(json.dumps({'steps': steps, 'memoryMB': resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1000}))


main()
