"""Writes pictures/: small picture files of every kind that the app reads, and what Pillow makes of each.

python3 -m venv V && V/bin/pip install pillow==13.0.0 numpy tifffile imagecodecs   (keep V outside the repository)
V/bin/python main/reference/make_pictures.py      (jpegtran of libjpeg-turbo makes one of the files)

pictures/expected.json holds, by file name, the 28 x 28 x 3 bytes that a network would train on, in base64; where
our decoder may differ by more than a level in the mean, `bound` says by how much, and `reason` why.
"""
import base64
import json
import pathlib

from picture_makers import avif, bmp, gif, jpeg, png, tiff, webp

FOLDER = pathlib.Path(__file__).with_name('pictures')


def main():
    FOLDER.mkdir(exist_ok=True)
    for old in FOLDER.iterdir():
        old.unlink()
    expected, first = {}, {}
    for maker in (png, jpeg, webp, avif, gif, bmp, tiff):
        for name, data, pixels, *allowed in maker.pictures():
            (FOLDER / name).write_bytes(data)
            same = first.setdefault(pixels.tobytes(), name)
            seen = {'pixels': base64.b64encode(pixels.tobytes()).decode()} if same == name else {'same': same}
            expected[name] = {**seen, **(allowed[0] if allowed else {})}
    lines = ',\n'.join(f'  {json.dumps(name)}: {json.dumps(entry)}' for name, entry in expected.items())
    (FOLDER / 'expected.json').write_text('{\n' + lines + '\n}\n')


main()
