"""JPEG: grey, RGB and CMYK, baseline and progressive, with orientations and profiles, and large ones."""
import pathlib
import struct
import subprocess
import tempfile
from io import BytesIO

import imagecodecs
from PIL import Image

from . import profiles
from .drawing import drawing, levels, picture, stored_turned, turned_exif
from .prepare import as_pillow_sees


def jpeg(image, **options):
    file = BytesIO()
    image.save(file, 'JPEG', **{'quality': 90, **options})
    return file.getvalue()


def light():
    image = picture()
    plain = jpeg(image)
    return {
        'jpeg-4-2-0.jpg': plain,
        'jpeg-4-2-2.jpg': jpeg(image, subsampling=1),
        'jpeg-4-4-4.jpg': jpeg(image, subsampling=0),
        'jpeg-low-quality.jpg': jpeg(image, quality=20),
        'jpeg-progressive.jpg': jpeg(image, progressive=True),
        'jpeg-progressive-4-4-4.jpg': jpeg(image, progressive=True, subsampling=0),
        'jpeg-restart-markers.jpg': jpeg(image, restart_marker_blocks=2),
        'jpeg-grey.jpg': jpeg(picture('L')),
        'jpeg-grey-progressive.jpg': jpeg(picture('L'), progressive=True),
        'jpeg-stored-as-rgb.jpg': jpeg(image, keep_rgb=True),
        'jpeg-4-4-0.jpg': imagecodecs.jpeg8_encode(levels(drawing()), 90, subsampling='440'),
        'jpeg-lossless.jpg': imagecodecs.jpeg8_encode(levels(drawing()), lossless=True, predictor=1),
        'jpeg-arithmetic.jpg': arithmetic(plain),
    }


def arithmetic(data):
    """The same picture with arithmetic coding."""
    with tempfile.TemporaryDirectory() as folder:
        source = pathlib.Path(folder, 'source.jpg')
        source.write_bytes(data)
        return subprocess.run(['jpegtran', '-arithmetic', source], check=True, capture_output=True).stdout


def ink():
    """CMYK, which Pillow stores inverted with an Adobe marker, as Photoshop does."""
    colours = [part.point(lambda value: 255 - value) for part in picture().split()]
    black = picture('L').point(lambda value: (255 - value) // 3)
    image = Image.merge('CMYK', [*colours, black])
    adobe = jpeg(image, subsampling=0)
    return {
        'jpeg-cmyk-adobe.jpg': adobe,
        'jpeg-cmyk-unmarked.jpg': without_marker(adobe),
        'jpeg-cmyk-profile.jpg': jpeg(image, subsampling=0, icc_profile=profiles.CMYK),
        'jpeg-cmyk-broken-profile.jpg': jpeg(image, subsampling=0, icc_profile=profiles.BROKEN_CMYK),
        'jpeg-ycck-adobe.jpg': ycck(colours, black),
    }


def adobe_marker(data):
    at = data.index(b'\xff\xee')
    return at, at + 2 + struct.unpack('>H', data[at + 2:at + 4])[0]


def without_marker(data):
    start, end = adobe_marker(data)
    return data[:start] + data[end:]


def ycck(colours, black):
    """YCCK: luma and chroma of the inks as if they were RGB, and 2 as the last byte of the marker."""
    luma = Image.merge('RGB', [part.point(lambda value: 255 - value) for part in colours]).convert('YCbCr')
    inverted = [part.point(lambda value: 255 - value) for part in luma.split()]
    data = jpeg(Image.merge('CMYK', [*inverted, black]))
    end = adobe_marker(data)[1]
    return data[:end - 1] + b'\x02' + data[end:]


def turned():
    for number in range(1, 9):
        data = jpeg(stored_turned(picture(), number), exif=turned_exif(number), optimize=True)
        yield f'jpeg-orientation-{number}.jpg', data, as_pillow_sees(data)


def in_other_colours():
    image = picture()
    return {
        'jpeg-p3.jpg': jpeg(image, icc_profile=profiles.P3),
        'jpeg-adobe-rgb.jpg': jpeg(image, icc_profile=profiles.ADOBE_RGB),
        'jpeg-gamma-1.8-grey.jpg': jpeg(picture('L'), icc_profile=profiles.GREY_18),
        'jpeg-broken-profile.jpg': jpeg(image, icc_profile=profiles.BROKEN),
        'jpeg-p3-turned.jpg': jpeg(stored_turned(image, 6), icc_profile=profiles.P3, exif=turned_exif(6)),
    }


def large():
    """Sizes that the decoder reads at an eighth, a quarter and a half; the last it must read at full size."""
    def image(width, height, noise=0.03):
        return Image.fromarray(levels(drawing(width, height, noise)))
    return {
        'jpeg-600-x-400.jpg': jpeg(image(600, 400, noise=0.01), quality=85),
        'jpeg-240-x-160-progressive.jpg': jpeg(image(240, 160), quality=85, progressive=True),
        'jpeg-144-x-96.jpg': jpeg(image(144, 96), quality=85),
        'jpeg-90-x-133-progressive.jpg': jpeg(image(90, 133), quality=85, progressive=True),
    }


def pictures():
    for group in (light, ink, in_other_colours, large):
        for name, data in group().items():
            yield name, data, as_pillow_sees(data)
    yield from turned()
