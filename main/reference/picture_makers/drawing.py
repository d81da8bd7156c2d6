"""The picture that all files show: gradients, shapes with noise, and alpha with soft and hard edges."""
import numpy
from PIL import Image

WIDTH, HEIGHT = 30, 21


def drawing(width=WIDTH, height=HEIGHT, noise=0.12):
    """Values from 0 to 1, [height, width, 3]; it looks different in every orientation."""
    y, x = numpy.mgrid[0:height, 0:width]
    x, y = (x + 0.5) / width, (y + 0.5) / height
    across, down = WIDTH * x - 0.5, HEIGHT * y - 0.5  # steps of whole levels take little room in a file
    light = numpy.stack([20 + 7 * across, 30 + 9 * down, 230 - 5 * across - 3 * down], axis=-1) / 255
    rough = numpy.random.default_rng(7).uniform(-noise, noise, (height, width, 3))
    disc = (x - 0.3) ** 2 + (0.7 * (y - 0.38)) ** 2 < 0.18 ** 2
    light[disc] = (numpy.array([0.85, 0.2, 0.15]) + rough)[disc]
    bar = abs(x + 0.8 * y - 1.1) < 0.07
    light[bar] = (numpy.array([0.1, 0.35, 0.75]) + rough)[bar]
    light[(x > 0.8) & (y > 0.6)] = (1.0, 1.0, 1.0)
    light[(x > 0.6) & (x < 0.8) & (y < 0.25)] = (0.0, 0.0, 0.0)
    return light.clip(0, 1)


def opacity(width=WIDTH, height=HEIGHT):
    """From 0 to 1, [height, width]: fades from the middle outwards; 0 in one corner and 1 in another."""
    y, x = numpy.mgrid[0:height, 0:width]
    x, y = (x + 0.5) / width, (y + 0.5) / height
    alpha = (1.3 - 1.7 * numpy.hypot(x - 0.45, y - 0.5)).clip(0, 1)
    alpha[(x < 0.25) & (y > 0.7)] = 0
    alpha[(x > 0.7) & (y > 0.5)] = 1
    return alpha


def grey(light):
    return light @ numpy.array([0.299, 0.587, 0.114])


def levels(light, bits=8):
    """Whole numbers from 0 to 2^bits - 1."""
    return numpy.round(light * (2 ** bits - 1)).astype(numpy.uint16 if bits > 8 else numpy.uint8)


def with_alpha(light, alpha):
    """Alpha as the last channel."""
    colours = light if light.ndim == 3 else light[..., None]
    return numpy.concatenate([colours, alpha[..., None]], axis=-1)


def picture(mode='RGB'):
    """The drawing as a Pillow picture of 8 bits."""
    colour = Image.fromarray(levels(drawing()))
    if mode in ('LA', 'RGBA'):
        colour.putalpha(Image.fromarray(levels(opacity())))
    return colour if mode in ('RGB', 'RGBA') else colour.convert(mode)


def stored_turned(image, orientation):
    """The pixels that a camera stores so that a viewer which applies this EXIF orientation shows `image`."""
    turn = Image.Transpose
    inverse = {2: turn.FLIP_LEFT_RIGHT, 3: turn.ROTATE_180, 4: turn.FLIP_TOP_BOTTOM, 5: turn.TRANSPOSE,
               6: turn.ROTATE_90, 7: turn.TRANSVERSE, 8: turn.ROTATE_270}.get(orientation)
    return image if inverse is None else image.transpose(inverse)


def turned_exif(orientation):
    exif = Image.Exif()
    exif[0x0112] = orientation
    return exif
