"""AVIF: with and without alpha, of 8, 10 and 12 bits, with an orientation or a profile."""
from io import BytesIO

import imagecodecs

from . import profiles
from .drawing import drawing, levels, picture, stored_turned, turned_exif
from .prepare import as_pillow_sees, from_values


def avif(image, **options):
    file = BytesIO()
    image.save(file, 'AVIF', **{'quality': 85, 'speed': 6, **options})
    return file.getvalue()


def pictures():
    opaque, soft = picture(), picture('RGBA')
    files = {
        'avif-4-2-0.avif': avif(opaque),
        'avif-4-2-2.avif': avif(opaque, subsampling='4:2:2'),
        'avif-4-4-4.avif': avif(opaque, subsampling='4:4:4'),
        'avif-limited-range.avif': avif(opaque, range='limited', subsampling='4:4:4'),
        'avif-lossless.avif': avif(opaque, quality=100, subsampling='4:4:4'),
        'avif-grey.avif': avif(picture('L'), subsampling='4:0:0'),
        'avif-alpha.avif': avif(soft),
        'avif-p3.avif': avif(opaque, icc_profile=profiles.P3),
        'avif-p3-alpha.avif': avif(soft, icc_profile=profiles.P3, subsampling='4:4:4'),
        'avif-animated.avif': avif(opaque, save_all=True, append_images=[picture().rotate(180)]),
        **{f'avif-orientation-{number}.avif': avif(stored_turned(opaque, number), exif=turned_exif(number))
           for number in range(2, 9)},
    }
    for name, data in files.items():
        yield name, data, as_pillow_sees(data)
    older = bytearray(files['avif-4-4-4.avif'])
    older[8:12] = b'mif1'  # the first of its brands, as older programs write
    yield 'avif-other-first-brand.avif', bytes(older), as_pillow_sees(bytes(older))
    for bits in (10, 12):
        deep = imagecodecs.avif_encode(levels(drawing(), bits), 90, bitspersample=bits)
        seen = imagecodecs.avif_decode(deep) / (2 ** bits - 1)
        yield f'avif-{bits}-bits.avif', bytes(deep), from_values(seen)
