"""Writes pictures/: small files of every kind of picture that the app reads, and Pillow's pixels of each.

python3 -m venv V && V/bin/pip install pillow==13.0.0 pillow-heif==1.8.1 numpy tifffile imagecodecs
                                                  (V outside the repository)
V/bin/python main/reference/make_pictures.py      (jpegtran of libjpeg-turbo makes one of the files)

pictures/expected.json holds, by file name, the 28 x 28 x 3 bytes that a network would train on, deflated, in
base64. If `like` names another file, the bytes are to be added to that file's, modulo 256; if there are none,
both are equal. Files that the app refuses are in the same folder, but not in expected.json.
"""
import base64
import json
import pathlib
import zlib

from picture_makers import avif, bmp, gif, heic, jpeg, png, refused, tiff, webp

FOLDER = pathlib.Path(__file__).with_name('pictures')


def main():
    FOLDER.mkdir(exist_ok=True)
    for old in FOLDER.iterdir():
        old.unlink()
    expected, seen = {}, {}
    for maker in (png, jpeg, webp, avif, gif, bmp, tiff, refused, heic):
        for name, data, pixels in maker.pictures():
            (FOLDER / name).write_bytes(data)
            if pixels is not None:
                expected[name] = packed(pixels, seen)
                seen[name] = pixels
    lines = ',\n'.join(f'  {json.dumps(name)}: {json.dumps(entry)}' for name, entry in expected.items())
    (FOLDER / 'expected.json').write_text('{\n' + lines + '\n}\n')


def packed(pixels, seen):
    """The pixels themselves, or their difference from those of another file, whichever is shorter."""
    choices = [{'pixels': deflated(pixels)}]
    for name, others in seen.items():
        difference = pixels - others
        choices.append({'like': name, 'pixels': deflated(difference)} if difference.any() else {'like': name})
    return min(choices, key=lambda entry: len(entry.get('pixels', '')))


def deflated(values):
    return base64.b64encode(zlib.compress(values.tobytes(), 9)).decode()


main()
