"""What a picture is trained as, by Pillow: upright, in sRGB, on the background, within 28 x 28 pixels."""
from io import BytesIO

import numpy
from PIL import Image, ImageCms, ImageOps

SIZE = 28
BACKGROUND = (0x30, 0x40, 0x50)
STANDARD = ImageCms.createProfile('sRGB')


def as_pillow_sees(data, page=0):
    """Of a whole file, by its own orientation and profile."""
    image = Image.open(BytesIO(data))
    image.seek(page)
    image.load()
    return prepared(ImageOps.exif_transpose(image), image.info.get('icc_profile'))


def from_values(values, **known):
    """Of samples, [height, width] or [height, width, channels]: of 8 bits, of 16, or light from 0 to 1."""
    if values.dtype == numpy.uint16:
        values = numpy.round(values / 257)
    elif values.dtype.kind == 'f':
        values = numpy.round(values.clip(0, 1) * 255)
    values = values.astype(numpy.uint8)
    grey_alpha = values.ndim == 3 and values.shape[2] == 2
    return prepared(Image.fromarray(values, **({'mode': 'LA'} if grey_alpha else {})), **known)


def prepared(image, profile=None):
    """[28, 28, 3] bytes of an upright picture; `profile` says what its colours mean."""
    colours = on_background(in_standard_colours(plain(image), profile))
    factor = SIZE / max(colours.size)
    size = tuple(max(1, int(side * factor + 0.5)) for side in colours.size)
    result = Image.new('RGB', (SIZE, SIZE), BACKGROUND)
    result.paste(colours.resize(size, Image.LANCZOS), ((SIZE - size[0]) // 2, (SIZE - size[1]) // 2))
    return numpy.asarray(result)


def plain(image):
    """One of L, LA, RGB, RGBA and CMYK."""
    if image.mode.startswith('I;16'):
        return Image.fromarray(numpy.round(numpy.asarray(image) / 257).astype(numpy.uint8))
    if image.mode == 'F':
        return Image.fromarray(numpy.round(numpy.asarray(image).clip(0, 1) * 255).astype(numpy.uint8))
    if 'transparency' in image.info or image.mode in ('PA', 'RGBa'):
        return image.convert('LA' if image.mode in ('1', 'L') else 'RGBA')
    return image.convert({'P': 'RGB', '1': 'L', 'RGBX': 'RGB'}.get(image.mode, image.mode))


def in_standard_colours(image, profile):
    """By Little CMS, the perceptual intent. A profile that cannot be used leaves the colours as they are."""
    try:
        if profile is not None:
            image = converted(image, ImageCms.getOpenProfile(BytesIO(profile)))
    except (ImageCms.PyCMSError, OSError):
        pass
    return image.convert('RGB') if image.mode == 'CMYK' else image


def converted(image, profile):
    """The alpha stays as it is. A grey picture with a profile for light is taken for light."""
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
