"""TIFF: every kind that common programs write."""
from io import BytesIO

import numpy
import tifffile
from PIL import Image, ImageCms

from . import profiles
from .drawing import HEIGHT, WIDTH, drawing, grey, levels, opacity, picture, stored_turned, with_alpha
from .prepare import STANDARD, as_pillow_sees, from_values, prepared
from .tiff_file import (BLACK_IS_0, BYTE, CMYK, DEFLATE, LAB, LONG, LZW, PACKBITS, PALETTE, RGB, ROWS, SHORT,
                        WHITE_IS_0, page, tiff)

ORIENTATION, COLOUR_MAP, EXTRA, PROFILE, SMALLER = 274, 320, 338, 34675, 254
ASSOCIATED, UNASSOCIATED = 1, 2
SMALL = {'compression': DEFLATE, 'predictor': True}


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
    tags = with_profile(profiles.GREY_18)
    yield 'tiff-gamma-1.8-grey.tif', tiff(page(levels(light), BLACK_IS_0, tags=tags))


def by_tifffile(values, **options):
    """Its directory comes before its pixels."""
    file = BytesIO()
    tifffile.imwrite(file, values, **{'rowsperstrip': ROWS, 'metadata': None, 'software': False, **options})
    return file.getvalue()


def directory_first():
    values = levels(drawing())
    for name in ('none', 'lzw', 'deflate', 'packbits', 'jpeg'):
        options = {'rowsperstrip': 16, 'subsampling': (2, 2)} if name == 'jpeg' else {}
        data = by_tifffile(values, photometric='rgb', compression=None if name == 'none' else name, **options)
        yield f'tiff-directory-first-{name}.tif', data


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


def inked(light):
    """Cyan, magenta, yellow and some black."""
    ink = 1 - light
    return numpy.concatenate([ink, ink.min(axis=-1, keepdims=True) / 2], axis=-1)


def inks():
    values = levels(inked(drawing()))
    yield 'tiff-cmyk.tif', tiff(page(values, CMYK, **SMALL))
    yield 'tiff-cmyk-planes.tif', tiff(page(values, CMYK, planes=True, **SMALL))
    yield 'tiff-cmyk-profile.tif', tiff(page(values, CMYK, **SMALL, tags=with_profile(profiles.CMYK)))


def turned():
    for number in range(1, 9):
        values = numpy.asarray(stored_turned(picture(), number))
        tags = [(ORIENTATION, SHORT, [number])]
        yield f'tiff-orientation-{number}.tif', tiff(page(values, RGB, **SMALL, tags=tags))


def in_other_colours():
    values = levels(drawing())
    yield 'tiff-p3.tif', tiff(page(values, RGB, **SMALL, tags=with_profile(profiles.P3)))
    yield 'tiff-broken-profile.tif', tiff(page(values, RGB, **SMALL, tags=with_profile(profiles.BROKEN)))
    soft = levels(with_alpha(drawing(), opacity()))
    tags = [*extra(UNASSOCIATED), *with_profile(profiles.P3)]
    yield 'tiff-p3-alpha.tif', tiff(page(soft, RGB, **SMALL, tags=tags))


def alphas():
    """Associated alpha: the colours are multiplied by it already."""
    alpha = opacity()
    soft = with_alpha(drawing(), alpha)
    paid = with_alpha(drawing() * alpha[..., None], alpha)
    seen = from_values(levels(soft))
    for name, values, kind in (('unassociated', soft, UNASSOCIATED), ('associated', paid, ASSOCIATED)):
        for bits in (8, 16):
            data = tiff(page(levels(values, bits), RGB, **SMALL, tags=extra(kind)))
            yield f'tiff-{name}-alpha-{bits}.tif', data, seen
    shades = levels(with_alpha(grey(drawing()), alpha))
    seen = from_values(shades)
    paid = levels(with_alpha(grey(drawing()) * alpha, alpha))
    for name, values, kind in (('grey', shades, UNASSOCIATED), ('grey-associated', paid, ASSOCIATED)):
        yield f'tiff-{name}-alpha.tif', tiff(page(values, BLACK_IS_0, **SMALL, tags=extra(kind))), seen


def deep():
    """Files whose values Pillow cuts or refuses; the values that were written are expected."""
    eight = levels(drawing())
    yield 'tiff-big-big-endian.tif', tiff(page(eight, RGB), big=True, order='>'), from_values(eight)
    light, soft = drawing(), with_alpha(drawing(), opacity())
    sixteen, real = levels(light, 16), light.astype(numpy.float32)
    seen = from_values(sixteen)
    yield 'tiff-rgb-16.tif', tiff(page(sixteen, RGB, **SMALL)), seen
    yield 'tiff-rgb-16-big-endian.tif', tiff(page(sixteen, RGB, **SMALL), order='>'), seen
    yield 'tiff-rgb-16-planes.tif', tiff(page(sixteen, RGB, planes=True, **SMALL)), seen
    yield 'tiff-rgb-16-predictor.tif', tiff(page(sixteen, RGB, compression=LZW, predictor=True)), seen
    data = tiff(page(sixteen, RGB, **SMALL, tags=with_profile(profiles.P3)))
    yield 'tiff-rgb-16-p3.tif', data, from_values(sixteen, profile=profiles.P3)
    yield 'tiff-rgb-float.tif', tiff(page(real, RGB, compression=DEFLATE)), seen
    yield 'tiff-rgb-float-predictor.tif', tiff(page(real, RGB, compression=DEFLATE, predictor=True)), seen
    data = tiff(page(soft.astype(numpy.float32), RGB, **SMALL, tags=extra(UNASSOCIATED)))
    yield 'tiff-rgba-float.tif', data, from_values(soft)
    shades = levels(grey(light), 16)
    yield 'tiff-white-is-0-16.tif', tiff(page(65535 - shades, WHITE_IS_0)), from_values(shades)
    ink = inked(light)
    seen = prepared(Image.fromarray(levels(ink), 'CMYK'))
    yield 'tiff-cmyk-16.tif', tiff(page(levels(ink, 16), CMYK, **SMALL)), seen


def extras():
    """Channels in addition to the colours: alpha, or channels to ignore."""
    light, alpha = drawing(), opacity()
    soft, seen = levels(with_alpha(light, alpha)), from_values(levels(light))
    yield 'tiff-unspecified-extra.tif', tiff(page(soft, RGB, **SMALL, tags=extra(0))), seen
    yield 'tiff-extra-without-a-word.tif', tiff(page(soft, RGB, **SMALL)), from_values(soft)
    two, tags = levels(with_alpha(with_alpha(light, alpha), 1 - alpha)), [(EXTRA, SHORT, [UNASSOCIATED, 0])]
    yield 'tiff-alpha-and-extra.tif', tiff(page(two, RGB, **SMALL, tags=tags)), from_values(soft)
    many, tags = levels(numpy.stack([grey(light), *[alpha] * 4], axis=-1)), [(EXTRA, SHORT, [0] * 4)]
    seen = from_values(levels(grey(light)))
    yield 'tiff-grey-4-extras.tif', tiff(page(many, BLACK_IS_0, **SMALL, tags=tags)), seen
    ink = levels(with_alpha(inked(light), alpha))
    seen = Image.fromarray(ink[..., :4].copy(), 'CMYK').convert('RGB')
    seen.putalpha(Image.fromarray(ink[..., 4]))
    yield 'tiff-cmyk-alpha.tif', tiff(page(ink, CMYK, **SMALL, tags=extra(UNASSOCIATED))), prepared(seen)
    yield 'tiff-cmyk-alpha-profile-16.tif', *deep_ink(with_alpha(inked(light), alpha))


def deep_ink(ink):
    tags = [*extra(UNASSOCIATED), *with_profile(profiles.CMYK)]
    colours = Image.fromarray(levels(ink[..., :4]), 'CMYK')
    seen = ImageCms.profileToProfile(colours, BytesIO(profiles.CMYK), STANDARD, outputMode='RGB')
    seen.putalpha(Image.fromarray(levels(ink[..., 4])))
    return tiff(page(levels(ink, 16), CMYK, **SMALL, tags=tags)), prepared(seen)


def rare():
    half = drawing().astype(numpy.float16)
    yield 'tiff-rgb-half-float.tif', tiff(page(half, RGB, compression=DEFLATE)), from_values(half)
    passed_over = with_profile(profiles.P3)
    data = tiff(page(half, RGB, compression=DEFLATE, tags=passed_over))
    yield 'tiff-float-p3.tif', data, from_values(half)
    few = picture().quantize(60)
    table = numpy.zeros((3, 256), int)
    table[:, :60] = numpy.array(few.getpalette()).reshape(-1, 3)[:60].T
    small = [(COLOUR_MAP, SHORT, table.ravel().tolist())]  # some programs write 8 bits of the 16
    yield 'tiff-palette-small-table.tif', tiff(page(numpy.asarray(few), PALETTE, tags=small)), prepared(few)
    two = numpy.dstack([numpy.asarray(few), levels(opacity())])
    tags = [(COLOUR_MAP, SHORT, (table * 257).ravel().tolist()), *extra(UNASSOCIATED)]
    data = tiff(page(two, PALETTE, compression=LZW, tags=tags))
    yield 'tiff-palette-alpha.tif', data, as_pillow_sees(data)
    yield 'tiff-lab-16.tif', *deep_lab()


def deep_lab():
    """Lab by Little CMS: lightness and two signed colours, with 8 of their 16 bits in use."""
    target = ImageCms.createProfile('LAB')
    lab = numpy.asarray(ImageCms.profileToProfile(picture(), STANDARD, target, outputMode='LAB'))
    lightness = lab[..., :1].astype(numpy.uint16) * 257
    colours = lab[..., 1:].view(numpy.int8).astype(numpy.int16) * 256
    values = numpy.concatenate([lightness, colours.view(numpy.uint16)], axis=-1)
    return tiff(page(values, LAB, **SMALL)), prepared(picture())


def several():
    """By name, the file and the page that is shown: of the largest pages, the first that is not empty."""
    small = page(numpy.asarray(picture().resize((15, 11))), RGB, **SMALL, tags=[(SMALLER, LONG, [1])])
    whole = page(levels(drawing()), RGB, **SMALL)
    other = page(levels(drawing()[::-1]), RGB, **SMALL)
    white = page(numpy.full((HEIGHT, WIDTH, 3), 255, numpy.uint8), RGB, **SMALL)
    return {
        'tiff-pages.tif': (tiff(whole, other), 0),
        'tiff-small-page-first.tif': (tiff(small, whole), 1),
        'tiff-small-page-last.tif': (tiff(whole, small), 0),
        'tiff-small-pages-below.tif': (tiff(whole, below=[small]), 0),
        'tiff-empty-page-first.tif': (tiff(white, whole, other), 1),
    }


def pictures():
    plain = (greys, directory_first, fax, palettes, layouts, compressions, inks, turned, in_other_colours)
    for group in plain:
        for name, data in group():
            yield name, data, as_pillow_sees(data)
    for name, (data, number) in several().items():
        yield name, data, as_pillow_sees(data, number)
    for group in (alphas, extras, deep, rare):
        yield from group()
