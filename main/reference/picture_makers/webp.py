"""WebP: lossy and lossless, with alpha, animated, with an orientation or a profile."""
from io import BytesIO

from PIL import Image

from . import profiles
from .drawing import drawing, levels, picture, stored_turned, turned_exif
from .prepare import as_pillow_sees


def webp(image, **options):
    file = BytesIO()
    image.save(file, 'WEBP', **{'quality': 90, **options})
    return file.getvalue()


def still():
    opaque, soft = picture(), picture('RGBA')
    large = Image.fromarray(levels(drawing(1200, 800, noise=0.01)))
    return {
        'webp-lossy.webp': webp(opaque),
        'webp-lossy-low-quality.webp': webp(opaque, quality=20),
        'webp-lossless.webp': webp(opaque, lossless=True),
        'webp-lossy-alpha.webp': webp(soft),
        'webp-lossless-alpha.webp': webp(soft, lossless=True),
        'webp-grey.webp': webp(picture('L'), lossless=True),
        'webp-palette.webp': webp(opaque.quantize(8).convert('RGB'), lossless=True),
        'webp-lossy-p3.webp': webp(opaque, icc_profile=profiles.P3),
        'webp-lossless-p3-alpha.webp': webp(soft, lossless=True, icc_profile=profiles.P3),
        'webp-lossy-1200-x-800.webp': webp(large, quality=60),
        **{f'webp-orientation-{number}.webp': webp(stored_turned(opaque, number), exif=turned_exif(number))
           for number in (3, 5, 6)},
    }


def moving():
    """By name, the file and the index of the frame that is shown: the first that is not empty."""
    opaque, soft = picture(), picture('RGBA')
    last = Image.new('RGBA', opaque.size, (20, 200, 90, 255))
    nothing = Image.new('RGBA', opaque.size, (0, 0, 0, 0))
    return {
        'webp-animated.webp': (webp(opaque, save_all=True, append_images=[last], lossless=True), 0),
        'webp-animated-lossy-alpha.webp': (webp(soft, save_all=True, append_images=[last]), 0),
        'webp-first-frame-empty.webp':
            (webp(nothing, save_all=True, append_images=[soft, last], lossless=True), 1),
    }


def pictures():
    for name, data in still().items():
        yield name, data, as_pillow_sees(data)
    for name, (data, page) in moving().items():
        yield name, data, as_pillow_sees(data, page)
