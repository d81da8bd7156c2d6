"""Writes TIFF files by hand, since no library writes all kinds: any depth, byte order, planes, tiles, pages."""
import struct
import zlib

import imagecodecs
import numpy

WHITE_IS_0, BLACK_IS_0, RGB, PALETTE, CMYK, YCBCR, LAB = 0, 1, 2, 3, 5, 6, 8
BYTE, SHORT, LONG, LONG8 = 1, 3, 4, 16
LETTERS = {BYTE: 'B', SHORT: 'H', LONG: 'I', LONG8: 'Q'}
NONE, LZW, DEFLATE, PACKBITS, LZMA, ZSTD = 1, 5, 8, 32773, 34925, 50000
PACKERS = {NONE: bytes, LZW: imagecodecs.lzw_encode, DEFLATE: zlib.compress, LZMA: imagecodecs.lzma_encode,
           ZSTD: imagecodecs.zstd_encode, PACKBITS: imagecodecs.packbits_encode}
ROWS, TILE = 10, 16


def page(values, photometric, bits=None, **settings):
    """The description of a page of [height, width] or [height, width, channels] values.

    Settings: compression, planes, tiles, predictor, turned_bits, tags.
    """
    values = values if values.ndim == 3 else values[..., None]
    bits = bits or values.dtype.itemsize * 8
    return {'values': values, 'photometric': photometric, 'bits': bits, **settings}


def tiff(*pages, order='<', big=False, below=()):
    """A file of pages; those in `below` are smaller versions of the first page, and belong to it."""
    mark = b'II' if order == '<' else b'MM'
    start = struct.pack(order + 'HHHQ', 43, 8, 0, 0) if big else struct.pack(order + 'HI', 42, 0)
    out = bytearray(mark + start)
    linked = len(out) - (8 if big else 4)
    offsets = [directory(out, each, order, big)[0] for each in below]
    for number, each in enumerate(pages):
        tags = [(330, LONG8 if big else LONG, offsets)] if number == 0 and offsets else []
        start, following = directory(out, {**each, 'tags': [*each.get('tags', ()), *tags]}, order, big)
        struct.pack_into(order + ('Q' if big else 'I'), out, linked, start)
        linked = following
    return bytes(out)


def directory(out, described, order, big):
    """Appends a page. Returns the offset of its directory, and where to write the offset of the next one."""
    parts = [packed(part, described, order) for part in cut(described)]
    offsets = []
    for part in parts:
        offsets.append(len(out))
        out += part + b'\0' * (len(part) % 2)
    tags = sorted(all_tags(described, offsets, [len(part) for part in parts]))
    count, entry, offset = ('Q', 'HHQ', 'Q') if big else ('H', 'HHI', 'I')
    placed = [(code, kind, *encoded(kind, values, order)) for code, kind, values in tags]
    fields = b''
    for code, kind, amount, body in placed:
        room = struct.calcsize(order + offset)
        if len(body) > room:
            fields += struct.pack(order + entry + offset, code, kind, amount, len(out))
            out += body + b'\0' * (len(body) % 2)
        else:
            fields += struct.pack(order + entry, code, kind, amount) + body.ljust(room, b'\0')
    start = len(out)
    out += struct.pack(order + count, len(tags)) + fields
    following = len(out)
    out += struct.pack(order + offset, 0)
    return start, following


def encoded(kind, values, order):
    if isinstance(values, bytes):
        return len(values), values
    return len(values), struct.pack(f'{order}{len(values)}{LETTERS[kind]}', *values)


def all_tags(described, offsets, sizes):
    height, width, channels = described['values'].shape
    tags = [(256, SHORT, [width]), (257, SHORT, [height]), (258, SHORT, [described['bits']] * channels),
            (259, SHORT, [described.get('compression', NONE)]), (262, SHORT, [described['photometric']]),
            (277, SHORT, [channels]), (284, SHORT, [2 if described.get('planes') else 1])]
    if described.get('tiles'):
        tags += [(322, SHORT, [TILE]), (323, SHORT, [TILE]), (324, LONG, offsets), (325, LONG, sizes)]
    else:
        tags += [(273, LONG, offsets), (278, SHORT, [ROWS]), (279, LONG, sizes)]
    if described.get('predictor'):
        tags.append((317, SHORT, [3 if described['values'].dtype.kind == 'f' else 2]))
    if described.get('turned_bits'):
        tags.append((266, SHORT, [2]))
    if described['values'].dtype.kind in 'fi':
        tags.append((339, SHORT, [{'f': 3, 'i': 2}[described['values'].dtype.kind]] * channels))
    return tags + list(described.get('tags', ()))


def cut(described):
    """The strips or tiles of a page; with `planes`, those of one channel after the other."""
    values = described['values']
    height, width, channels = values.shape
    planes = [values[..., [channel]] for channel in range(channels)] if described.get('planes') else [values]
    for plane in planes:
        if described.get('tiles'):
            plane = numpy.pad(plane, ((0, -height % TILE), (0, -width % TILE), (0, 0)), mode='edge')
            for y in range(0, height, TILE):
                yield from (plane[y:y + TILE, x:x + TILE] for x in range(0, width, TILE))
        else:
            yield from (plane[y:y + ROWS] for y in range(0, height, ROWS))


def packed(part, described, order):
    bits, kind = described['bits'], described.get('compression', NONE)
    if described.get('predictor'):
        rows = [row.tobytes() for row in differences(part, order)]
    elif bits in (1, 2, 4, 12):
        digits = [(row.ravel()[:, None] >> numpy.arange(bits)[::-1]) & 1 for row in part]
        rows = [numpy.packbits(row.ravel()).tobytes() for row in digits]
    else:
        rows = [row.astype(row.dtype.newbyteorder(order)).tobytes() for row in part]
    if kind == PACKBITS:
        return b''.join(PACKERS[kind](row) for row in rows)
    data = PACKERS[kind](b''.join(rows))
    return imagecodecs.bitorder_encode(data) if described.get('turned_bits') else data


def differences(part, order):
    """Each value as its difference from the one to its left, which compresses better."""
    if part.dtype.kind == 'f':
        return imagecodecs.floatpred_encode(part, axis=-2)
    return numpy.diff(part, axis=1, prepend=part.dtype.type(0)).astype(part.dtype.newbyteorder(order))
