"""PNG: every colour type and depth, also interlaced, with orientations and profiles."""
import struct
import zlib

import imagecodecs
import numpy

from . import profiles
from .drawing import drawing, grey, levels, opacity, picture, stored_turned, turned_exif, with_alpha
from .prepare import as_pillow_sees, from_values, prepared

GREY, RGB, PALETTE, GREY_ALPHA, RGBA = 0, 2, 3, 4, 6
PASSES = ((0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2))


def chunk(kind, body):
    return struct.pack('>I', len(body)) + kind + body + struct.pack('>I', zlib.crc32(kind + body))


def packed(samples, bits):
    """A row of samples as bytes, the first sample in the highest bits."""
    if bits >= 8:
        return samples.astype('>u2' if bits == 16 else 'u1').tobytes()
    return numpy.packbits((samples.reshape(-1, 1) >> numpy.arange(bits)[::-1]) & 1).tobytes()


def filtered(rows, step):
    """The rows, with the filters none, left, up, average and Paeth in turn."""
    above, result = bytes(len(rows[0])), b''
    for number, row in enumerate(rows):
        kind = number % 5
        left, corner = bytes(step) + row[:-step], bytes(step) + above[:-step]
        guesses = [guess(kind, *near) for near in zip(left, above, corner)]
        result += bytes([kind]) + bytes((value - guessed) & 255 for value, guessed in zip(row, guesses))
        above = row
    return result


def guess(kind, left, above, corner):
    if kind == 4:
        return min((left, above, corner), key=lambda value: abs(left + above - corner - value))
    return (0, left, above, (left + above) // 2)[kind]


def png(samples, colour_type, bits, *, chunks=(), interlaced=False):
    """A file of samples, [height, width] or [height, width, channels]. `chunks` stand before the pixels."""
    height, width = samples.shape[:2]
    channels = 1 if samples.ndim == 2 else samples.shape[2]
    parts = [samples[y::down, x::along] for x, y, along, down in PASSES] if interlaced else [samples]
    rows = [[packed(row.ravel(), bits) for row in part] for part in parts if part.size]
    data = b''.join(filtered(part, max(1, channels * bits // 8)) for part in rows)
    header = struct.pack('>IIBBBBB', width, height, bits, colour_type, 0, 0, int(interlaced))
    return (b'\x89PNG\r\n\x1a\n' + chunk(b'IHDR', header) + b''.join(chunk(*each) for each in chunks)
            + chunk(b'IDAT', zlib.compress(data, 9)) + chunk(b'IEND', b''))


def with_chunk(data, kind, body):
    """The file with the chunk after its header, which takes 33 bytes."""
    return data[:33] + chunk(kind, body) + data[33:]


def profiled(data, profile):
    return with_chunk(data, b'iCCP', b'test\0\0' + zlib.compress(profile))


def seen_deep(data, **known):
    """Expected pixels of a file of 16 bits, which Pillow would cut to 8."""
    return from_values(imagecodecs.png_decode(data), **known)


def greys():
    for bits in (1, 2, 4, 8):
        data = png(levels(grey(drawing()), bits), GREY, bits)
        yield f'png-grey-{bits}.png', data, as_pillow_sees(data)
    deep = png(levels(grey(drawing()), 16), GREY, 16)
    yield 'png-grey-16.png', deep, as_pillow_sees(deep)
    yield 'png-grey-12-in-16.png', *low_bits()
    soft = with_alpha(grey(drawing()), opacity())
    data = png(levels(soft), GREY_ALPHA, 8)
    yield 'png-grey-alpha-8.png', data, as_pillow_sees(data)
    deep = png(levels(soft, 16), GREY_ALPHA, 16)
    yield 'png-grey-alpha-16.png', deep, seen_deep(deep)
    data = with_chunk(png(levels(grey(drawing())), GREY, 8), b'tRNS', struct.pack('>H', 255))
    yield 'png-grey-key.png', data, as_pillow_sees(data)


def low_bits():
    """Samples of 12 bits in the lower part of 16, as microscopes write them."""
    data = png(levels(grey(drawing()), 12), GREY, 16)
    return data, as_pillow_sees(data)


def palettes():
    for bits in (1, 2, 4, 8):
        few = picture().quantize(2 ** bits if bits < 8 else 60)
        colours = bytes(few.getpalette()[:3 * 2 ** bits])
        data = png(numpy.asarray(few), PALETTE, bits, chunks=[(b'PLTE', colours)])
        yield f'png-palette-{bits}.png', data, as_pillow_sees(data)
        alphas = bytes((40 + 97 * index) % 256 for index in range(min(2 ** bits, 40)))
        data = png(numpy.asarray(few), PALETTE, bits, chunks=[(b'PLTE', colours), (b'tRNS', alphas)])
        yield f'png-palette-alpha-{bits}.png', data, as_pillow_sees(data)


def colours():
    data = png(levels(drawing()), RGB, 8)
    yield 'png-rgb-8.png', data, as_pillow_sees(data)
    data = png(levels(drawing()), RGB, 8, chunks=[(b'tRNS', struct.pack('>HHH', 255, 255, 255))])
    yield 'png-rgb-key.png', data, as_pillow_sees(data)
    deep = png(levels(drawing(), 16), RGB, 16)
    yield 'png-rgb-16.png', deep, seen_deep(deep)
    soft = with_alpha(drawing(), opacity())
    data = png(levels(soft), RGBA, 8)
    yield 'png-rgba-8.png', data, as_pillow_sees(data)
    deep = png(levels(soft, 16), RGBA, 16)
    yield 'png-rgba-16.png', deep, seen_deep(deep)
    yield 'png-rgb-key-16.png', *deep_key()


def deep_key():
    """Only the exact value of all 16 bits is transparent, and not its neighbours."""
    values = levels(drawing(), 16)
    white = (values == 65535).all(axis=-1)
    values[white] = 65535 - numpy.arange(white.sum())[:, None] % 2
    data = png(values, RGB, 16, chunks=[(b'tRNS', struct.pack('>HHH', 65535, 65535, 65535))])
    alpha = numpy.where((values == 65535).all(axis=-1), 0, 65535).astype(numpy.uint16)
    return data, from_values(with_alpha(values, alpha))


def interlaced():
    data = png(levels(drawing()), RGB, 8, interlaced=True)
    yield 'png-interlaced.png', data, as_pillow_sees(data)
    few = picture().quantize(16)
    colours = [(b'PLTE', bytes(few.getpalette()[:48]))]
    data = png(numpy.asarray(few), PALETTE, 4, interlaced=True, chunks=colours)
    yield 'png-interlaced-palette-4.png', data, as_pillow_sees(data)
    data = png(levels(grey(drawing()), 1), GREY, 1, interlaced=True)
    yield 'png-interlaced-grey-1.png', data, as_pillow_sees(data)
    deep = levels(with_alpha(drawing(), opacity()), 16)
    yield 'png-interlaced-rgba-16.png', png(deep, RGBA, 16, interlaced=True), from_values(deep)


def turned():
    for orientation in range(1, 9):
        values = numpy.asarray(stored_turned(picture(), orientation))
        data = png(values, RGB, 8, chunks=[(b'eXIf', turned_exif(orientation).tobytes()[6:])])
        yield f'png-orientation-{orientation}.png', data, as_pillow_sees(data)


def in_other_colours():
    plain = png(levels(drawing()), RGB, 8)
    named = {'p3': profiles.P3, 'adobe-rgb': profiles.ADOBE_RGB, 'prophoto': profiles.PROPHOTO,
             'srgb': profiles.SRGB, 'broken-profile': profiles.BROKEN,
             'grey-profile-on-rgb': profiles.GREY_18}
    for name, profile in named.items():
        data = profiled(plain, profile)
        yield f'png-{name}.png', data, as_pillow_sees(data)
    shades = png(levels(grey(drawing())), GREY, 8)
    for name, profile in (('gamma-1.8-grey', profiles.GREY_18), ('adobe-rgb-on-grey', profiles.ADOBE_RGB)):
        data = profiled(shades, profile)
        yield f'png-{name}.png', data, as_pillow_sees(data)
    code = with_chunk(plain, b'cICP', bytes([12, 13, 0, 1]))
    yield 'png-p3-by-code.png', code, prepared(picture(), profiles.P3)  # Pillow ignores the code
    yield from with_alpha_in_other_colours()


def with_alpha_in_other_colours():
    soft = with_alpha(drawing(), opacity())
    data = profiled(png(levels(soft), RGBA, 8), profiles.P3)
    yield 'png-p3-rgba.png', data, as_pillow_sees(data)
    deep = png(levels(soft, 16), RGBA, 16)
    yield 'png-p3-rgba-16.png', profiled(deep, profiles.P3), seen_deep(deep, profile=profiles.P3)
    data = profiled(png(levels(with_alpha(grey(drawing()), opacity())), GREY_ALPHA, 8), profiles.GREY_18)
    yield 'png-gamma-1.8-grey-alpha.png', data, as_pillow_sees(data)
    few = picture().quantize(60)
    palette = png(numpy.asarray(few), PALETTE, 8, chunks=[(b'PLTE', bytes(few.getpalette()[:768]))])
    yield 'png-p3-palette.png', profiled(palette, profiles.P3), as_pillow_sees(profiled(palette, profiles.P3))
    deep = png(levels(drawing(), 16), RGB, 16)
    yield 'png-prophoto-16.png', profiled(deep, profiles.PROPHOTO), seen_deep(deep, profile=profiles.PROPHOTO)


def pictures():
    for group in (greys, palettes, colours, interlaced, turned, in_other_colours):
        yield from group()
