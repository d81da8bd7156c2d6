"""TIFF: all that its many readers and writers made of it."""
from io import BytesIO

import numpy
from PIL import Image, ImageCms

from . import profiles
from .drawing import drawing, grey, levels, opacity, picture, stored_turned, with_alpha
from .prepare import STANDARD, as_pillow_sees, from_values, prepared
from .tiff_file import (BLACK_IS_0, BYTE, CMYK, DEFLATE, LONG, LZW, PACKBITS, PALETTE, RGB, SHORT, WHITE_IS_0, page, tiff)

ORIENTATION, COLOUR_MAP, EXTRA, PROFILE, SMALLER = 274, 320, 338, 34675, 254
ASSOCIATED, UNASSOCIATED = 1, 2


def by_pillow(image, **options):
    file = BytesIO()
    image.save(file, 'TIFF', **options)
    return file.getvalue()


def extra(kind):
    return [(EXTRA, SHORT, [kind])]


def with_profile(profile):
    return [(PROFILE, BYTE, profile)]


def greys():
    light = grey(drawing())
    for bits in (1, 2, 4, 8, 16):
        yield f'tiff-grey-{bits}.tif', tiff(page(levels(light, bits), BLACK_IS_0, bits))
    for bits in (1, 4, 8):
        yield f'tiff-white-is-0-{bits}.tif', tiff(page(2 ** bits - 1 - levels(light, bits), WHITE_IS_0, bits))
    yield 'tiff-grey-1-turned-bits.tif', tiff(page(levels(light, 1), BLACK_IS_0, 1, turned_bits=True))
    yield 'tiff-grey-float.tif', tiff(page(light.astype(numpy.float32), BLACK_IS_0))
    yield 'tiff-grey-tiles.tif', tiff(page(levels(light), BLACK_IS_0, tiles=True))
    yield 'tiff-gamma-1.8-grey.tif', tiff(page(levels(light), BLACK_IS_0, tags=with_profile(profiles.GREY_18)))


def fax():
    image = picture('L').convert('1', dither=Image.Dither.NONE)
    for name in ('group3', 'group4', 'tiff_ccitt'):
        yield f'tiff-{name.replace("tiff_", "")}.tif', by_pillow(image, compression=name)


def palettes():
    for bits in (1, 2, 4, 8):
        few = picture().quantize(min(2 ** bits, 60))
        colours = numpy.array(few.getpalette()[:3 * 2 ** bits]).reshape(-1, 3)
        table = numpy.zeros((3, 2 ** bits), int)
        table[:, :len(colours)] = colours.T * 257
        tags = [(COLOUR_MAP, SHORT, table.ravel().tolist())]
        yield f'tiff-palette-{bits}.tif', tiff(page(numpy.asarray(few), PALETTE, bits, tags=tags))


def layouts():
    values = levels(drawing())
    yield 'tiff-strips.tif', tiff(page(values, RGB))
    yield 'tiff-planes.tif', tiff(page(values, RGB, planes=True))
    yield 'tiff-tiles.tif', tiff(page(values, RGB, tiles=True, compression=LZW))
    yield 'tiff-tiles-of-planes.tif', tiff(page(values, RGB, tiles=True, planes=True, compression=LZW))
    yield 'tiff-big-endian.tif', tiff(page(values, RGB), order='>')
    yield 'tiff-big.tif', tiff(page(values, RGB), big=True)


def compressions():
    values = levels(drawing())
    for name, kind in {'lzw': LZW, 'deflate': DEFLATE, 'packbits': PACKBITS}.items():
        yield f'tiff-{name}.tif', tiff(page(values, RGB, compression=kind))
    for name, kind in {'lzw': LZW, 'deflate': DEFLATE}.items():
        yield f'tiff-{name}-predictor.tif', tiff(page(values, RGB, compression=kind, predictor=True))
    yield 'tiff-planes-predictor.tif', tiff(page(values, RGB, compression=LZW, predictor=True, planes=True))
    yield 'tiff-jpeg.tif', by_pillow(picture(), compression='jpeg', quality=90)
    yield 'tiff-jpeg-grey.tif', by_pillow(picture('L'), compression='jpeg', quality=90)


def inks():
    ink = 1 - drawing()
    values = levels(numpy.concatenate([ink, ink.min(axis=-1, keepdims=True) / 2], axis=-1))
    yield 'tiff-cmyk.tif', tiff(page(values, CMYK, compression=LZW))
    yield 'tiff-cmyk-planes.tif', tiff(page(values, CMYK, planes=True, compression=LZW))
    yield 'tiff-cmyk-profile.tif', tiff(page(values, CMYK, compression=LZW, tags=with_profile(profiles.CMYK)))


def turned():
    for number in range(1, 9):
        values = numpy.asarray(stored_turned(picture(), number))
        yield f'tiff-orientation-{number}.tif', tiff(page(values, RGB, compression=LZW, tags=[(ORIENTATION, SHORT, [number])]))


def in_other_colours():
    values = levels(drawing())
    yield 'tiff-p3.tif', tiff(page(values, RGB, compression=LZW, tags=with_profile(profiles.P3)))
    yield 'tiff-broken-profile.tif', tiff(page(values, RGB, compression=LZW, tags=with_profile(profiles.BROKEN)))
    soft = levels(with_alpha(drawing(), opacity()))
    tags = [*extra(UNASSOCIATED), *with_profile(profiles.P3)]
    yield 'tiff-p3-alpha.tif', tiff(page(soft, RGB, compression=LZW, tags=tags))


def alphas():
    """Associated alpha: the colours are multiplied by it already."""
    alpha = opacity()
    soft = with_alpha(drawing(), alpha)
    paid = with_alpha(drawing() * alpha[..., None], alpha)
    seen = from_values(levels(soft))
    for name, values, kind in (('unassociated', soft, UNASSOCIATED), ('associated', paid, ASSOCIATED)):
        for bits in (8, 16):
            data = tiff(page(levels(values, bits), RGB, compression=LZW, tags=extra(kind)))
            yield f'tiff-{name}-alpha-{bits}.tif', data, seen
    shades = with_alpha(grey(drawing()), alpha)
    seen = from_values(levels(shades))
    paid = with_alpha(grey(drawing()) * alpha, alpha)
    yield 'tiff-grey-alpha.tif', tiff(page(levels(shades), BLACK_IS_0, compression=LZW, tags=extra(UNASSOCIATED))), seen
    yield 'tiff-grey-associated-alpha.tif', tiff(page(levels(paid), BLACK_IS_0, compression=LZW, tags=extra(ASSOCIATED))), seen


def deep():
    """Pillow cuts or refuses these: the values that were written are what is seen."""
    eight = levels(drawing())
    yield 'tiff-big-big-endian.tif', tiff(page(eight, RGB), big=True, order='>'), from_values(eight)
    light, soft = drawing(), with_alpha(drawing(), opacity())
    sixteen, real = levels(light, 16), light.astype(numpy.float32)
    seen = from_values(sixteen)
    yield 'tiff-rgb-16.tif', tiff(page(sixteen, RGB, compression=LZW)), seen
    yield 'tiff-rgb-16-big-endian.tif', tiff(page(sixteen, RGB, compression=LZW), order='>'), seen
    yield 'tiff-rgb-16-planes.tif', tiff(page(sixteen, RGB, planes=True, compression=LZW)), seen
    yield 'tiff-rgb-16-predictor.tif', tiff(page(sixteen, RGB, compression=LZW, predictor=True)), seen
    yield 'tiff-rgb-16-p3.tif', tiff(page(sixteen, RGB, compression=LZW, tags=with_profile(profiles.P3))), from_values(sixteen, profile=profiles.P3)
    yield 'tiff-rgb-float.tif', tiff(page(real, RGB, compression=DEFLATE)), seen
    yield 'tiff-rgb-float-predictor.tif', tiff(page(real, RGB, compression=DEFLATE, predictor=True)), seen
    yield 'tiff-rgba-float.tif', tiff(page(soft.astype(numpy.float32), RGB, compression=DEFLATE, tags=extra(UNASSOCIATED))), from_values(soft)
    white = 65535 - levels(grey(light), 16)
    yield 'tiff-white-is-0-16.tif', tiff(page(white, WHITE_IS_0)), from_values(levels(grey(light), 16))
    ink = numpy.concatenate([1 - light, (1 - light).min(axis=-1, keepdims=True) / 2], axis=-1)
    seen = prepared(Image.fromarray(levels(ink), 'CMYK'))
    yield 'tiff-cmyk-16.tif', tiff(page(levels(ink, 16), CMYK, compression=LZW)), seen


def labs():
    """Lightness, and two signed colours, as Little CMS makes them of sRGB."""
    image = ImageCms.profileToProfile(picture(), STANDARD, ImageCms.createProfile('LAB'), outputMode='LAB')
    yield 'tiff-lab.tif', by_pillow(image)


def several():
    """By name, the file and which of its pages is shown: the largest; of several of that size the first that is not empty."""
    small = page(numpy.asarray(picture().resize((20, 14))), RGB, compression=LZW, tags=[(SMALLER, LONG, [1])])
    whole = page(levels(drawing()), RGB, compression=LZW)
    other = page(levels(drawing()[::-1]), RGB, compression=LZW)
    white = page(numpy.full((28, 40, 3), 255, numpy.uint8), RGB, compression=LZW)
    return {
        'tiff-pages.tif': (tiff(whole, other), 0),
        'tiff-small-page-first.tif': (tiff(small, whole), 1),
        'tiff-small-page-last.tif': (tiff(whole, small), 0),
        'tiff-small-pages-below.tif': (tiff(whole, below=[small]), 0),
        'tiff-empty-page-first.tif': (tiff(white, whole, other), 1),
    }


def pictures():
    for group in (greys, fax, palettes, layouts, compressions, inks, turned, in_other_colours, labs):
        for name, data in group():
            yield name, data, as_pillow_sees(data)
    for name, (data, number) in several().items():
        yield name, data, as_pillow_sees(data, number)
    for group in (alphas, deep):
        yield from group()
