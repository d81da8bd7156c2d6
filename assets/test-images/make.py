"""Makes the test images beside it: four colours in four quarters, in every format the app reads.

hang-1-byte.gif is made by hand: one byte of an ordinary animation is another, over which decoders have looped for ever.

Run it in an environment with Pillow 11.3 (the images are committed, so tests need no Python):
    python3 -m venv /tmp/pillow && /tmp/pillow/bin/pip install pillow==11.3.0 tifffile imagecodecs && /tmp/pillow/bin/python make.py
"""
import struct
import zlib
from pathlib import Path

import numpy as np
import tifffile
from PIL import Image

FOLDER = Path(__file__).parent
WIDTH, HEIGHT = 48, 32
RED, GREEN, BLUE, YELLOW = (220, 30, 30), (30, 180, 60), (40, 60, 210), (240, 220, 40)


def quarters(width=WIDTH, height=HEIGHT):
    """Red and green above, blue and yellow below: every rotation and mirroring looks different."""
    image = Image.new('RGB', (width, height), RED)
    image.paste(GREEN, (width // 2, 0, width, height // 2))
    image.paste(BLUE, (0, height // 2, width // 2, height))
    image.paste(YELLOW, (width // 2, height // 2, width, height))
    return image


def see_through():
    """The quarters, the left half fully transparent (with other colours under it), the right half opaque."""
    image = quarters().convert('RGBA')
    image.paste((255, 0, 255, 0), (0, 0, WIDTH // 2, HEIGHT))
    return image


def half_see_through():
    image = quarters().convert('RGBA')
    image.putalpha(128)
    return image


def save(image, name, **options):
    image.save(FOLDER / name, **options)


def png_chunk(kind, body):
    return struct.pack('>I', len(body)) + kind + body + struct.pack('>I', zlib.crc32(kind + body))


def png(name, colour_type, depth, rows):
    """A PNG written by hand: Pillow writes no 16-bit colour."""
    header = struct.pack('>IIBBBBB', WIDTH, HEIGHT, depth, colour_type, 0, 0, 0)
    body = b''.join(b'\0' + row for row in rows)
    (FOLDER / name).write_bytes(
        b'\x89PNG\r\n\x1a\n' + png_chunk(b'IHDR', header)
        + png_chunk(b'IDAT', zlib.compress(body, 9)) + png_chunk(b'IEND', b''))


def rows_of(image, pack):
    pixels = image.load()
    return [b''.join(pack(pixels[x, y]) for x in range(image.width)) for y in range(image.height)]


def make_png():
    save(quarters(), 'rgb.png', optimize=True)
    save(quarters().convert('L'), 'grey.png', optimize=True)
    save(quarters().convert('1', dither=0), 'bits.png', optimize=True)
    save(quarters().quantize(16), 'palette.png', optimize=True)
    save(see_through(), 'transparent.png', optimize=True)
    save(half_see_through(), 'half-transparent.png', optimize=True)
    save(see_through().quantize(16), 'palette-transparent.png', optimize=True)
    save(see_through().convert('LA'), 'grey-transparent.png', optimize=True)
    # The low byte is noise on purpose: a decoder that reads it as the high one is found out.
    low = 0x7F
    png('rgb-16-bit.png', 2, 16, rows_of(quarters(), lambda p: b''.join(bytes((v, low)) for v in p)))
    png('grey-16-bit.png', 0, 16, rows_of(quarters().convert('L'), lambda v: bytes((v, low))))
    png('rgba-16-bit.png', 6, 16, rows_of(see_through(), lambda p: b''.join(bytes((v, v)) for v in p)))
    grey = rows_of(see_through().convert('LA'), lambda p: b''.join(bytes((v, v)) for v in p))
    png('grey-transparent-16-bit.png', 4, 16, grey)
    exif = Image.Exif()
    exif[0x0112] = 6
    save(stored_turned(quarters(), 6), 'orientation-6.png', exif=exif)


def stored_turned(image, orientation):
    """What a camera would store so that a viewer that obeys this EXIF orientation shows `image`."""
    inverse = {
        1: None, 2: Image.Transpose.FLIP_LEFT_RIGHT, 3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM, 5: Image.Transpose.TRANSPOSE, 6: Image.Transpose.ROTATE_90,
        7: Image.Transpose.TRANSVERSE, 8: Image.Transpose.ROTATE_270,
    }[orientation]
    return image if inverse is None else image.transpose(inverse)


def make_jpeg():
    sharp = {'quality': 92, 'subsampling': 0}
    save(quarters(), 'rgb.jpg', **sharp)
    save(quarters(), 'progressive.jpg', progressive=True, **sharp)
    save(quarters().convert('L'), 'grey.jpg', quality=92)
    for orientation in range(1, 9):
        exif = Image.Exif()
        exif[0x0112] = orientation
        save(stored_turned(quarters(), orientation), f'orientation-{orientation}.jpg', exif=exif, **sharp)
    make_cmyk(sharp)


def adobe_marker(jpeg):
    at = jpeg.index(b'\xff\xee')
    return at, at + 2 + struct.unpack('>H', jpeg[at + 2:at + 4])[0]


def make_cmyk(sharp):
    """Pillow stores ink inverted with an Adobe marker, as Photoshop does; the two others are patched from that."""
    cmyk = quarters().convert('CMYK')
    cmyk = Image.merge('CMYK', [*cmyk.split()[:3], Image.new('L', cmyk.size, 32)])  # some black ink too
    save(cmyk, 'cmyk-adobe.jpg', **sharp)
    # Without the marker, browsers and Pillow take the ink for inverted just the same.
    jpeg = (FOLDER / 'cmyk-adobe.jpg').read_bytes()
    start, end = adobe_marker(jpeg)
    (FOLDER / 'cmyk-unmarked.jpg').write_bytes(jpeg[:start] + jpeg[end:])
    # YCCK: luma and chroma of the ink as if it were light, black inverted, and the marker's last byte 2.
    ink = Image.merge('RGB', cmyk.split()[:3]).convert('YCbCr')
    ycck = Image.merge('CMYK', [*(part.point(lambda v: 255 - v) for part in ink.split()), cmyk.split()[3]])
    save(ycck, 'ycck-adobe.jpg', **sharp)
    path = FOLDER / 'ycck-adobe.jpg'
    jpeg = bytearray(path.read_bytes())
    jpeg[adobe_marker(jpeg)[1] - 1] = 2
    path.write_bytes(jpeg)


def make_gif():
    save(quarters(), 'rgb.gif')
    palette = quarters().quantize(8)
    save(palette, 'interlaced.gif', interlace=1)
    clear = see_through()
    save(clear, 'transparent.gif', disposal=2)
    second = Image.new('RGB', (WIDTH, HEIGHT), (0, 0, 0))
    save(quarters(), 'animated.gif', save_all=True, append_images=[second], duration=100, loop=0)
    make_small_frame_gif()


def make_small_frame_gif():
    """A first frame that covers the right half only: the left half is to show the background."""
    save(quarters(), 'small-first-frame.gif')
    save(Image.new('RGB', (WIDTH // 2, HEIGHT), GREEN), 'part.gif')
    part = bytearray((FOLDER / 'part.gif').read_bytes())
    (FOLDER / 'part.gif').unlink()
    part[6:10] = struct.pack('<HH', WIDTH, HEIGHT)  # the logical screen
    at = part.index(b'\x2c\0\0\0\0')  # the image descriptor: left, top, width, height
    part[at + 1:at + 3] = struct.pack('<H', WIDTH // 2)
    (FOLDER / 'small-first-frame.gif').write_bytes(part)


def turned_exif(orientation):
    exif = Image.Exif()
    exif[0x0112] = orientation
    return exif


def make_others():
    save(quarters(), 'rgb.webp', lossless=True)
    save(quarters(), 'lossy.webp', quality=95)
    save(see_through(), 'transparent.webp', lossless=True)
    save(see_through(), 'lossy-transparent.webp', quality=95)
    second = Image.new('RGB', (WIDTH, HEIGHT), (0, 0, 0))
    save(quarters(), 'animated.webp', save_all=True, append_images=[second], duration=100, lossless=True)
    exif = Image.Exif()
    exif[0x0112] = 6
    save(stored_turned(quarters(), 6), 'orientation-6.webp', exif=exif, lossless=True)
    save(quarters(), 'rgb.avif', quality=95, subsampling='4:4:4')
    save(see_through(), 'transparent.avif', quality=95, subsampling='4:4:4')
    save(stored_turned(quarters(), 6), 'orientation-6.avif', quality=95, subsampling='4:4:4', exif=exif)
    save(stored_turned(quarters(), 5), 'orientation-5.avif', quality=95, subsampling='4:4:4', exif=turned_exif(5))
    save(quarters(), 'rgb.tif')
    save(quarters(), 'packed.tif', compression='tiff_lzw')
    save(quarters().convert('CMYK'), 'cmyk.tif', compression='tiff_lzw')
    save(see_through(), 'transparent.tif', compression='tiff_lzw')
    save(quarters().convert('I;16').point(lambda v: v * 256 + 127), 'grey-16-bit.tif')
    save(stored_turned(quarters(), 6), 'orientation-6.tif', compression='tiff_lzw', tiffinfo={0x0112: 6})
    # Tiles that overhang the edges, of planes that lie apart: decoders have broken down over it. Needs tifffile.
    pixels = np.moveaxis(np.asarray(quarters(100, 100)), 2, 0)
    tifffile.imwrite(FOLDER / 'tiled-separate-planes.tif', pixels, photometric='rgb', planarconfig='separate',
                     tile=(32, 32), compression='zlib', metadata=None, software=False)
    save(quarters(), 'rgb.bmp')
    save(quarters().quantize(16), 'palette.bmp')


if __name__ == '__main__':
    make_png()
    make_jpeg()
    make_gif()
    make_others()
