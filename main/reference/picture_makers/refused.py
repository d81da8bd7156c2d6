"""Kinds of picture that the app refuses. They are small, since no test compares their pixels."""
import struct
from io import BytesIO

import imagecodecs
import numpy
import tifffile
from PIL import Image, ImageCms

from . import drawing as whole
from .bmp import RLE8, bmp, indexed, runs
from .drawing import HEIGHT, WIDTH, grey, levels, picture
from .jpeg import jpeg
from .prepare import STANDARD
from .tiff import by_pillow, inked
from .tiff_file import BLACK_IS_0, CMYK, LAB, LZMA, LZW, RGB, SHORT, WHITE_IS_0, YCBCR, ZSTD, page, tiff

ICC_LAB = 9


def drawing():
    return whole.drawing(12, 9)


def in_lab():
    image = Image.fromarray(levels(drawing()))
    return ImageCms.profileToProfile(image, STANDARD, ImageCms.createProfile('LAB'), outputMode='LAB')


def packed_tiffs():
    values = levels(drawing())
    yield 'refused-tiff-zstd.tif', tiff(page(values, RGB, compression=ZSTD))
    yield 'refused-tiff-lzma.tif', tiff(page(values, RGB, compression=LZMA))
    for name in ('jpeg2000', 'lerc', 'jpegxl', 'jpegxr', 'png'):
        file = BytesIO()
        tifffile.imwrite(file, values, compression=name, photometric='rgb', metadata=None, software=False)
        yield f'refused-tiff-{name}.tif', file.getvalue()


def tiff_depths():
    light, shades = drawing(), grey(drawing())
    yield 'refused-tiff-grey-12.tif', tiff(page(levels(shades, 12), BLACK_IS_0, 12))
    yield 'refused-tiff-rgb-4.tif', tiff(page(levels(light, 4), RGB, 4))
    yield 'refused-tiff-grey-double.tif', tiff(page(shades, BLACK_IS_0, compression=LZW))
    signed, long = (shades * 32767).astype(numpy.int16), (shades * (2 ** 32 - 1)).astype(numpy.uint32)
    yield 'refused-tiff-grey-signed.tif', tiff(page(signed, BLACK_IS_0, compression=LZW))
    yield 'refused-tiff-grey-32.tif', tiff(page(long, BLACK_IS_0, compression=LZW))
    bright = (light * 1000).astype(numpy.float32)
    yield 'refused-tiff-bright-float.tif', tiff(page(bright, RGB, compression=LZW))


def tiff_colours():
    yield 'refused-tiff-lab-8.tif', by_pillow(in_lab())
    yield 'refused-tiff-icc-lab.tif', tiff(page(numpy.asarray(in_lab()), ICC_LAB, compression=LZW))
    fine = numpy.asarray(Image.fromarray(levels(drawing())).convert('YCbCr'))
    deep = numpy.dstack([in_lab(), levels(drawing())[..., 0]]).astype(numpy.uint16) << 8
    yield 'refused-tiff-lab-alpha.tif', tiff(page(deep, LAB, compression=LZW, tags=[(338, SHORT, [2])]))
    fractions = grey(drawing()).astype(numpy.float32)
    yield 'refused-tiff-white-is-0-float.tif', tiff(page(fractions, WHITE_IS_0, compression=LZW))
    steps = [(530, SHORT, [1, 1])]
    yield 'refused-tiff-luma-and-chroma.tif', tiff(page(fine, YCBCR, compression=LZW, tags=steps))
    inks, others = levels(inked(drawing())), [(332, SHORT, [2])]
    yield 'refused-tiff-other-inks.tif', tiff(page(inks, CMYK, compression=LZW, tags=others))


def tiff_layouts():
    values, alpha = levels(drawing()), [(338, SHORT, [2])]
    tiled = page(values, RGB, tiles=True, planes=True, compression=LZW)
    yield 'refused-tiff-tiles-of-planes.tif', tiff(tiled)
    apart = page(values[..., :2], BLACK_IS_0, planes=True, compression=LZW, tags=alpha)
    yield 'refused-tiff-grey-planes.tif', tiff(apart)


def jpegs():
    yield 'refused-jpeg-12.jpg', imagecodecs.jpeg_encode(levels(drawing(), 12), 90, bitspersample=12)
    yield 'refused-jpeg-lossless-16.jpg', imagecodecs.ljpeg_encode(levels(grey(drawing()), 16))
    yield 'refused-jpeg-ls.jpg', imagecodecs.jpegls_encode(levels(drawing()))


def bmps():
    inner = jpeg(picture())
    header = struct.pack('<IiiHHIIiiII', 40, WIDTH, HEIGHT, 1, 0, 4, len(inner), 0, 0, 0, 0)
    start = struct.pack('<2sIHHI', b'BM', 54 + len(inner), 0, 0, 54)
    yield 'refused-bmp-of-jpeg.bmp', start + header + inner
    values, colours = indexed(2)
    runs_from_top = bmp(runs(values, 8), bits=8, colours=colours, kind=RLE8, from_top=True)
    yield 'refused-bmp-runs-from-top.bmp', runs_from_top
    rows = [bytes(4 * WIDTH)] * HEIGHT
    masks = (0xff0000, 0xff00, 0xff, 0xff000000)
    yield 'refused-bmp-alpha-masks.bmp', bmp(rows, bits=32, kind=6, masks=masks)


def pictures():
    for group in (packed_tiffs, tiff_depths, tiff_colours, tiff_layouts, jpegs, bmps):
        for name, data in group():
            yield name, data, None
