"""GIF: interlaced, transparent, animated, with palettes of frames, and with frames that cover a part."""
import struct
from io import BytesIO

import numpy
from PIL import Image

from .drawing import HEIGHT, WIDTH, levels, opacity, picture
from .prepare import as_pillow_sees, prepared

CLEAR, END = 256, 257


def gif(image, **options):
    """A file that Pillow writes."""
    file = BytesIO()
    image.save(file, 'GIF', **{'interlace': 0, 'optimize': False, **options})
    return file.getvalue()


def transparent(colours=60):
    """The drawing with a last colour, to be made transparent, where it is less than half opaque."""
    few = picture().quantize(colours)
    values = numpy.array(few)
    values[levels(opacity()) < 128] = colours
    result = Image.fromarray(values, 'P')
    result.putpalette(few.getpalette()[:colours * 3] + [255, 0, 255])
    return result


def written(*frames, table=b'', width=WIDTH, height=HEIGHT):
    """A file written by hand. `table` is a palette for all frames."""
    screen = struct.pack('<HHBBB', width, height, 0xf7 if table else 0x70, 0, 0)
    return b'GIF89a' + screen + table.ljust(768, b'\0')[:768 if table else 0] + b''.join(frames) + b';'


def frame(image, *, at=(0, 0), own_table=True, clear=None, disposal=1):
    """A frame with a palette; `clear` is the index of the transparent colour."""
    control = struct.pack('<BBBBHBB', 0x21, 0xf9, 4, disposal << 2 | (clear is not None), 10, clear or 0, 0)
    descriptor = struct.pack('<BHHHHB', 0x2c, *at, *image.size, 0x87 if own_table else 0)
    table = bytes(image.getpalette()).ljust(768, b'\0') if own_table else b''
    return control + descriptor + table + b'\x08' + blocks(codes(image.tobytes())) + b'\0'


def codes(values):
    """LZW codes of nine bits each: the table is cleared so often that the codes never grow."""
    numbers = [CLEAR]
    for start in range(0, len(values), 200):
        numbers += [*values[start:start + 200], CLEAR]
    bits = (numpy.array([*numbers, END])[:, None] >> numpy.arange(9)) & 1
    return numpy.packbits(bits, bitorder='little').tobytes()


def blocks(data):
    return b''.join(bytes([len(data[at:at + 255])]) + data[at:at + 255] for at in range(0, len(data), 255))


def still():
    few = picture().quantize(60)
    return {
        'gif-plain.gif': gif(few),
        'gif-interlaced.gif': gif(few, interlace=1),
        'gif-2-colours.gif': gif(picture().quantize(2)),
        'gif-4-colours.gif': gif(picture().quantize(4)),
        'gif-256-colours.gif': gif(picture().quantize(256)),
        'gif-grey.gif': gif(picture('L')),
        'gif-transparent.gif': gif(transparent(), transparency=60),
        'gif-transparent-interlaced.gif': gif(transparent(), transparency=60, interlace=1),
        'gif-own-palette.gif': written(frame(few)),
        'gif-common-palette.gif': written(frame(few, own_table=False), table=bytes(few.getpalette())),
    }


def part_covered():
    """What no frame covers is transparent, as in browsers; Pillow paints it in the first colour."""
    box = (4, 2, 25, 19)
    part = picture().quantize(60).crop(box)
    seen = Image.new('RGBA', (WIDTH, HEIGHT), (0, 0, 0, 0))
    seen.paste(part.convert('RGBA'), box)
    return written(frame(part, at=box[:2])), prepared(seen)


def moving():
    """By name, the file and the index of the frame that is shown: the first that is not empty."""
    few, holes = picture().quantize(60), transparent()
    turned = picture().rotate(180).quantize(30)
    last = frame(turned.crop((0, 0, 12, 12)))
    black = Image.new('P', few.size)
    black.putpalette([0, 0, 0] + [255, 255, 255] * 255)
    nothing = frame(black, clear=0)
    small = frame(few.crop((6, 3, 27, 18)), at=(6, 3))
    return {
        'gif-animated.gif': (gif(few, save_all=True, append_images=[turned], duration=100), 0),
        'gif-animated-own-palettes.gif': (written(frame(few), frame(turned)), 0),
        'gif-animated-transparent.gif': (written(frame(holes, clear=60, disposal=2), frame(turned)), 0),
        'gif-first-frame-empty.gif': (written(nothing, frame(few), last), 1),
        'gif-first-frame-black.gif': (written(frame(black), frame(few), last), 1),
        'gif-second-frame-over-first.gif': (written(frame(black), small, last), 1),
        'gif-first-frame-removed.gif': (written(frame(black, disposal=2), small, last), 1),
        'gif-empty-then-part.gif': (written(nothing, small, last), 1),
    }


def pictures():
    for name, data in still().items():
        yield name, data, as_pillow_sees(data)
    yield 'gif-part-covered.gif', *part_covered()
    for name, (data, page) in moving().items():
        yield name, data, as_pillow_sees(data, page)
