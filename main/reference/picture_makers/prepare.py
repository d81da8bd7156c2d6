"""Prepares pictures for training as the app does, with Pillow: upright, in sRGB, on a background, 28 x 28."""
from io import BytesIO

import numpy
from PIL import Image, ImageCms, ImageOps

SIZE = 28
BACKGROUND = (0x30, 0x40, 0x50)
STANDARD = ImageCms.createProfile('sRGB')


def as_pillow_sees(data, page=0):
    """Expected pixels of a file that Pillow reads, with the file's orientation and profile."""
    image = Image.open(BytesIO(data))
    image.seek(page)
    image.load()
    return prepared(ImageOps.exif_transpose(image), image.info.get('icc_profile'))


def from_values(values, **known):
    """Expected pixels of samples, [height, width] or [height, width, channels].

    They have 8 bits, 16 bits, or are floats from 0 to 1.
    """
    if values.dtype == numpy.uint16:
        values = numpy.round(values / 257)
    elif values.dtype.kind == 'f':
        values = numpy.round(values.clip(0, 1) * 255)
    values = values.astype(numpy.uint8)
    grey_alpha = values.ndim == 3 and values.shape[2] == 2
    return prepared(Image.fromarray(values, **({'mode': 'LA'} if grey_alpha else {})), **known)


def prepared(image, profile=None):
    """[28, 28, 3] bytes of an upright picture, whose colours are in the ICC profile, by default in sRGB."""
    colours = on_background(in_standard_colours(plain(image), profile))
    factor = SIZE / max(colours.size)
    size = tuple(max(1, int(side * factor + 0.5)) for side in colours.size)
    result = Image.new('RGB', (SIZE, SIZE), BACKGROUND)
    result.paste(colours.resize(size, Image.LANCZOS), ((SIZE - size[0]) // 2, (SIZE - size[1]) // 2))
    return numpy.asarray(result)


def plain(image):
    """The picture in one of the modes L, LA, RGB, RGBA and CMYK."""
    if image.mode.startswith('I;16'):
        return Image.fromarray(numpy.round(numpy.asarray(image) / 257).astype(numpy.uint8))
    if image.mode == 'F':
        return Image.fromarray(numpy.round(numpy.asarray(image).clip(0, 1) * 255).astype(numpy.uint8))
    if 'transparency' in image.info or image.mode in ('PA', 'RGBa'):
        return image.convert('LA' if image.mode in ('1', 'L') else 'RGBA')
    return image.convert({'P': 'RGB', '1': 'L', 'RGBX': 'RGB'}.get(image.mode, image.mode))


def in_standard_colours(image, profile):
    """In sRGB, by Little CMS with the perceptual intent; unchanged if the profile cannot be used."""
    try:
        if profile is not None:
            image = converted(image, ImageCms.getOpenProfile(BytesIO(profile)))
    except (ImageCms.PyCMSError, OSError):
        pass
    return image.convert('RGB') if image.mode == 'CMYK' else image


def converted(image, profile):
    """In sRGB; alpha stays the same. A grey picture with an RGB profile is converted as RGB."""
    space = profile.profile.xcolor_space.strip()
    colours = image.convert('L' if space == 'GRAY' else 'RGB') if image.mode in ('L', 'LA') else image
    if image.mode == 'RGBA':
        colours = image.convert('RGB')
    result = ImageCms.profileToProfile(colours, profile, STANDARD, outputMode='RGB')
    if image.mode in ('LA', 'RGBA'):
        result.putalpha(image.getchannel('A'))
    return result


def on_background(image):
    if image.mode not in ('LA', 'RGBA'):
        return image.convert('RGB')
    background = Image.new('RGBA', image.size, (*BACKGROUND, 255))
    return Image.alpha_composite(background, image.convert('RGBA')).convert('RGB')
