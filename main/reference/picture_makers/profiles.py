"""ICC profiles, written by hand: a matrix and a curve for RGB, a curve for grey, a table for CMYK."""
import itertools
import struct

import numpy

D50, D65 = (0.3457, 0.3585), (0.3127, 0.3290)
BRADFORD = numpy.array([[0.8951, 0.2664, -0.1614], [-0.7502, 1.7135, 0.0367], [0.0389, -0.0685, 1.0296]])
SRGB_CURVE = (2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045)


def fixed(*values):
    return b''.join(struct.pack('>i', round(value * 65536)) for value in values)


def xyz_of(xy):
    x, y = xy
    return numpy.array([x / y, 1, (1 - x - y) / y])


def colorants(primaries, white):
    """A matrix whose columns are the XYZ of red, green and blue, adapted to D50."""
    matrix = numpy.stack([xyz_of(xy) for xy in primaries], axis=1)
    matrix = matrix * numpy.linalg.solve(matrix, xyz_of(white))
    seen, wanted = BRADFORD @ xyz_of(white), BRADFORD @ xyz_of(D50)
    return numpy.linalg.inv(BRADFORD) @ numpy.diag(wanted / seen) @ BRADFORD @ matrix


def curve(*parameters):
    """A parametric curve: one number is an exponent, five are the parameters of a curve like that of sRGB."""
    kind = 0 if len(parameters) == 1 else 3
    return b'para\0\0\0\0' + struct.pack('>HH', kind, 0) + fixed(*parameters)


def xyz(values):
    return b'XYZ \0\0\0\0' + fixed(*values)


def text(words):
    body = words.encode('utf-16-be')
    return b'mluc\0\0\0\0' + struct.pack('>II2s2sII', 1, 12, b'en', b'US', len(body), 28) + body


def profile(space, tags, kind=b'mntr', pcs=b'XYZ ', version=4):
    """A profile: a header, a table of contents, and the tags."""
    tags = {b'desc': text('test'), b'cprt': text('none'), b'wtpt': xyz((0.9642, 1, 0.8249)), **tags}
    table, body = struct.pack('>I', len(tags)), b''
    start = 128 + 4 + 12 * len(tags)
    for name, value in tags.items():
        table += name + struct.pack('>II', start + len(body), len(value))
        body += value + b'\0' * (-len(value) % 4)
    size = start + len(body)
    header = struct.pack('>I4xB3x4s4s4s12x4s28x', size, version, kind, space, pcs, b'acsp')
    header += fixed(0.9642, 1, 0.8249)
    return header.ljust(128, b'\0') + table + body


def light_profile(primaries, white, *parameters):
    columns = colorants(primaries, white).T
    tags = {letter + b'XYZ': xyz(column) for letter, column in zip((b'r', b'g', b'b'), columns)}
    curves = {letter + b'TRC': curve(*parameters) for letter in (b'r', b'g', b'b')}
    return profile(b'RGB ', {**tags, **curves})


def ink_profile():
    """A CMYK profile: inks that multiply, a black that is not quite black, and slightly yellow paper."""
    def lab_of(inks):
        cyan, magenta, yellow, black = (ink ** 0.8 for ink in inks)
        coloured = (1 - 0.42 * cyan) * (1 - 0.5 * magenta) * (1 - 0.06 * yellow)
        lightness = 96 * coloured * (1 - 0.85 * black) + 4
        a = (-35 * cyan + 72 * magenta - 4 * yellow) * (1 - 0.9 * black)
        b = (3 - 48 * cyan - 4 * magenta + 88 * yellow) * (1 - 0.9 * black)
        return [round(lightness * 652.8), round((a + 128) * 256), round((b + 128) * 256)]

    all_inks = itertools.product((0, 0.5, 1), repeat=4)
    grid = [value for inks in all_inks for value in lab_of(inks)]
    straight = [0, 65535]
    table = b'mft2\0\0\0\0' + struct.pack('>BBBB', 4, 3, 3, 0) + fixed(1, 0, 0, 0, 1, 0, 0, 0, 1)
    numbers = [*straight * 4, *grid, *straight * 3]
    table += struct.pack('>HH', 2, 2) + struct.pack(f'>{len(numbers)}H', *numbers)
    return profile(b'CMYK', {b'A2B0': table}, kind=b'prtr', pcs=b'Lab ', version=2)


SRGB_PRIMARIES = ((0.64, 0.33), (0.3, 0.6), (0.15, 0.06))
SRGB = light_profile(SRGB_PRIMARIES, D65, *SRGB_CURVE)
P3 = light_profile(((0.68, 0.32), (0.265, 0.69), (0.15, 0.06)), D65, *SRGB_CURVE)
ADOBE_RGB = light_profile(((0.64, 0.33), (0.21, 0.71), (0.15, 0.06)), D65, 563 / 256)
PROPHOTO = light_profile(((0.7347, 0.2653), (0.1596, 0.8404), (0.0366, 0.0001)), D50, 1.8)
GREY_18 = profile(b'GRAY', {b'kTRC': curve(1.8)})
CMYK = ink_profile()
BROKEN = SRGB[:200] + b'\xff' * 100 + SRGB[300:]
BROKEN_CMYK = CMYK[:140] + b'\xff' * 60
