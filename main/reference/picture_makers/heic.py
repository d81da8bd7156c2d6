"""HEIC: with and without alpha, of 8 and 10 bits, in tiles as from iPhones, with orientations and profiles."""
import struct
from io import BytesIO

import numpy
import pillow_heif
from PIL import Image

from . import profiles
from .drawing import drawing, levels, opacity, picture, stored_turned, turned_exif, with_alpha
from .heic_file import box, full, grid, heif, ispe, packed_by
from .prepare import as_pillow_sees, from_values, prepared

TILE = 64
SQUARE = 64, 64  # the encoder pads smaller pictures to this size


def heic(image, **options):
    file = BytesIO()
    image.save(file, 'HEIF', **{'quality': 90, **options})
    return file.getvalue()


def deep(values, mode):
    """A file of 10 bits, from samples of 16 bits."""
    file = BytesIO()
    size = (values.shape[1], values.shape[0])
    pillow_heif.encode(mode, size, levels(values, 16).tobytes(), file, quality=90)
    return file.getvalue()


def in_tiles(image, *properties):
    """As cameras write it: a grid of square tiles, cut off at the right and at the bottom."""
    columns, rows = -(-image.width // TILE), -(-image.height // TILE)
    whole = Image.fromarray(numpy.pad(numpy.asarray(image), (
        (0, rows * TILE - image.height), (0, columns * TILE - image.width), (0, 0)), mode='edge'))
    tiles = []
    for row in range(rows):
        for column in range(columns):
            left, top = column * TILE, row * TILE
            data, known = packed_by(heic(whole.crop((left, top, left + TILE, top + TILE)), chroma=444))
            tiles.append((b'hvc1', data, [known, ispe(TILE, TILE)]))
    main = (b'grid', grid(rows, columns, image.width, image.height),
            [ispe(image.width, image.height), *properties])
    return heif([main, *tiles], [(b'dimg', 1, range(2, len(tiles) + 2))])


def icc(profile):
    return box(b'colr', b'prof', profile)


def alone(image, *properties, **brands):
    """One picture with these properties added to its own."""
    data, known = packed_by(heic(image, chroma=444))
    return heif([(b'hvc1', data, [known, ispe(*image.size), *properties])], **brands)


def premultiplied(values):
    """The colours are multiplied by alpha already, as a reference says."""
    colours, alpha = values[..., :3] * values[..., 3:], values[..., 3]
    light, light_known = packed_by(heic(Image.fromarray(levels(colours)), chroma=444))
    cover, cover_known = packed_by(heic(Image.fromarray(levels(alpha)), chroma=444))
    size = ispe(values.shape[1], values.shape[0])
    means = full(b'auxC', b'urn:mpeg:mpegB:cicp:systems:auxiliary:alpha\0')
    items = [(b'hvc1', light, [light_known, size]), (b'hvc1', cover, [cover_known, size, means])]
    return heif(items, [(b'auxl', 2, [1]), (b'prem', 1, [2])])


def plain_files():
    opaque, soft = picture(), picture('RGBA')
    return {
        'heic-4-2-0.heic': heic(opaque),
        'heic-4-4-4.heic': heic(opaque, chroma=444),
        'heic-lossless.heic': heic(opaque, quality=-1, chroma=444),
        'heic-grey.heic': heic(picture('L')),
        'heic-alpha.heic': heic(soft),
        'heic-p3.heic': heic(opaque, icc_profile=profiles.P3),
        'heic-p3-alpha.heic': heic(soft, icc_profile=profiles.P3),
        'heic-adobe-rgb.heic': heic(opaque, icc_profile=profiles.ADOBE_RGB),
        'heic-gamma-1.8-grey.heic': heic(picture('L'), icc_profile=profiles.GREY_18),
        'heic-broken-profile.heic': heic(opaque, icc_profile=profiles.BROKEN),
        'heic-limited-range.heic': heic(opaque, full_range_flag=0),
        'heic-10-bits.heic': deep(drawing(), 'RGB;16'),
        'heic-10-bits-alpha.heic': deep(with_alpha(drawing(), opacity()), 'RGBA;16'),
        **{f'heic-orientation-{number}.heic': heic(
            stored_turned(opaque, number), chroma=444, exif=turned_exif(number).tobytes())
           for number in range(2, 9)},
    }


def pictures():
    pillow_heif.register_heif_opener()  # not earlier: it would open AVIF files with the brand of HEIF, too
    for name, data in plain_files().items():
        yield name, data, as_pillow_sees(data)
    several = heic(picture().rotate(180), save_all=True, append_images=[picture()], primary_index=1)
    yield 'heic-several.heic', several, as_pillow_sees(several, page=1)
    codes = heic(picture(), color_primaries=12, transfer_characteristics=13, matrix_coefficients=6)
    yield 'heic-p3-by-code.heic', codes, prepared(Image.open(BytesIO(codes)), profiles.P3)
    large, square = Image.fromarray(levels(drawing(100, 70))), Image.fromarray(levels(drawing(*SQUARE)))
    for name, data in {
        'heic-tiles.heic': in_tiles(large),
        'heic-tiles-turned-p3.heic': in_tiles(stored_turned(large, 6), box(b'irot', b'\3'), icc(profiles.P3)),
        'heic-brand-of-heif.heic': alone(square, brand=b'mif1', kinds=[b'mif1']),
        'heic-cropped.heic': alone(square, box(b'clap', struct.pack(
            '>8i', 40, 1, 27, 1, 3, 1, -3, 2))),
    }.items():
        yield name, data, as_pillow_sees(data)
    values = with_alpha(drawing(*SQUARE), opacity(*SQUARE))
    yield 'heic-premultiplied.heic', premultiplied(values), from_values(values)
    data, known = packed_by(heic(Image.fromarray(levels(drawing(12, 9)))))
    for kind, name in ((b'vvc1', 'vvc'), (b'avc1', 'h264'), (b'jpeg', 'jpeg')):
        yield f'refused-heif-{name}.heic', heif([(kind, data, [ispe(12, 9)])]), None
