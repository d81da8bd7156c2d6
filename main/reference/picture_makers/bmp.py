"""BMP, written by hand: every depth, packed runs, rows from the top, masks, old and new headers."""
import struct

import numpy

from . import profiles
from .drawing import HEIGHT, WIDTH, drawing, grey, levels, opacity, picture, with_alpha
from .prepare import as_pillow_sees, prepared

PLAIN, RLE8, RLE4, MASKS = 0, 1, 2, 3


def bmp(rows, *, bits, colours=b'', kind=PLAIN, masks=(), from_top=False, size=40, tail=b''):
    """`rows` begin at the top; for runs, they are the packed data. `colours` are blue, green, red, 0."""
    packed = rows if kind in (RLE8, RLE4) else joined(rows if from_top else rows[::-1])
    if size == 12:
        header = struct.pack('<IHHHH', size, WIDTH, HEIGHT, 1, bits)
        colours = b''.join(colours[at:at + 3] for at in range(0, len(colours), 4))
    else:
        tall = -HEIGHT if from_top else HEIGHT
        header = struct.pack('<IiiHHII', size, WIDTH, tall, 1, bits, kind, len(packed))
        header += struct.pack('<iiII', 2835, 2835, len(colours) // 4, 0)
        header += struct.pack(f'<{len(masks)}I', *masks)
        header += tail.rjust(max(0, size - len(header)), b'\0')
    start = 14 + len(header) + len(colours)
    return struct.pack('<2sIHHI', b'BM', start + len(packed), 0, 0, start) + header + colours + packed


def joined(rows):
    return b''.join(row + b'\0' * (-len(row) % 4) for row in rows)


def indexed(colours):
    """The drawing in few colours: its values, and the palette in the order of BMP."""
    few = picture().quantize(colours)
    red_green_blue = numpy.array(few.getpalette()[:colours * 3], numpy.uint8).reshape(-1, 3)
    palette = numpy.pad(red_green_blue[:, ::-1], ((0, 0), (0, 1)))
    return numpy.asarray(few), palette.tobytes()


def packed_rows(values, bits):
    digits = (values[..., None] >> numpy.arange(bits)[::-1]) & 1
    return [numpy.packbits(row.ravel()).tobytes() for row in digits]


def runs(values, bits):
    """Pairs of a count and a colour; every third row is a run of the kind that lists its colours."""
    out = b''
    for number, row in enumerate(values[::-1]):
        out += (literal if number % 3 == 2 else repeated)(row, bits) + b'\0\0'
    return out + b'\0\1'


def repeated(row, bits):
    out, start = b'', 0
    for at in range(1, len(row) + 1):
        if at == len(row) or row[at] != row[start]:
            out += bytes([at - start, row[start] * (17 if bits == 4 else 1)])
            start = at
    return out


def literal(row, bits):
    body = packed_rows(row[None], bits)[0]
    return bytes([0, len(row)]) + body + b'\0' * (len(body) % 2)


def sixteen_bits(*depths):
    """Red, green and blue in one number, and the masks that separate them."""
    values = numpy.zeros((HEIGHT, WIDTH), numpy.uint32)
    masks, low = [], sum(depths)
    for channel, bits in enumerate(depths):
        low -= bits
        values |= levels(drawing(), bits).astype(numpy.uint32)[..., channel] << low
        masks.append((2 ** bits - 1) << low)
    return [row.astype('<u2').tobytes() for row in values], masks


def indexed_kinds():
    for bits in (1, 4, 8):
        values, colours = indexed(min(2 ** bits, 60))
        yield f'bmp-palette-{bits}.bmp', bmp(packed_rows(values, bits), bits=bits, colours=colours)
    values, colours = indexed(16)
    yield 'bmp-runs-4.bmp', bmp(runs(values, 4), bits=4, colours=colours, kind=RLE4)
    values, colours = indexed(12)
    yield 'bmp-runs-8.bmp', bmp(runs(values, 8), bits=8, colours=colours, kind=RLE8)
    whole = colours.ljust(1024, b'\0')
    yield 'bmp-old-header-8.bmp', bmp(packed_rows(values, 8), bits=8, colours=whole, size=12)
    shades = numpy.repeat(numpy.arange(256, dtype=numpy.uint8)[:, None], 4, axis=1).tobytes()
    yield 'bmp-grey.bmp', bmp([row.tobytes() for row in levels(grey(drawing()))], bits=8, colours=shades)


def colour_kinds():
    blue_first = levels(drawing())[..., ::-1]
    rows = [row.tobytes() for row in blue_first]
    yield 'bmp-24.bmp', bmp(rows, bits=24)
    yield 'bmp-24-from-top.bmp', bmp(rows, bits=24, from_top=True)
    yield 'bmp-24-old-header.bmp', bmp(rows, bits=24, size=12)
    wide = [row.tobytes() for row in numpy.pad(blue_first, ((0, 0), (0, 0), (0, 1)))]
    yield 'bmp-32.bmp', bmp(wide, bits=32)
    masks = (0xff0000, 0xff00, 0xff)
    yield 'bmp-32-masks.bmp', bmp(wide, bits=32, kind=MASKS, masks=masks)
    soft = levels(with_alpha(drawing(), opacity()))[..., [2, 1, 0, 3]]
    rows_of_four = [row.tobytes() for row in soft]
    yield 'bmp-32-alpha.bmp', bmp(rows_of_four, bits=32, kind=MASKS, masks=(*masks, 0xff000000), size=108)
    yield 'bmp-16-555.bmp', bmp(sixteen_bits(5, 5, 5)[0], bits=16)
    numbers, found = sixteen_bits(5, 6, 5)
    yield 'bmp-16-565.bmp', bmp(numbers, bits=16, kind=MASKS, masks=found)


def profiled():
    """The newest header says where the profile is: after the pixels."""
    rows = [row.tobytes() for row in levels(drawing())[..., ::-1]]
    start = 124 + len(joined(rows))
    tail = b'DEBM' + b'\0' * 48 + struct.pack('<IIII', 4, start, len(profiles.P3), 0)
    return bmp(rows, bits=24, size=124, tail=tail) + profiles.P3


def pictures():
    for group in (indexed_kinds, colour_kinds):
        for name, data in group():
            yield name, data, as_pillow_sees(data)
    yield 'bmp-p3.bmp', profiled(), prepared(picture(), profiles.P3)  # Pillow ignores the profile
