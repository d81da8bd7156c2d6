"""Puts HEIF files together by hand: items with properties and references, of data that an encoder packed."""
import struct


def box(kind, *parts):
    body = b''.join(parts)
    return struct.pack('>I4s', 8 + len(body), kind) + body


def full(kind, *parts, version=0, flags=0):
    return box(kind, struct.pack('>I', version << 24 | flags), *parts)


def boxes(data):
    """(kind, body) of each box in a row."""
    at = 0
    while at < len(data):
        size, kind = struct.unpack_from('>I4s', data, at)
        yield kind, data[at + 8:at + size]
        at += size


def inner(data, *path):
    """The body of the first box along a path of kinds; the box meta has four bytes before its boxes."""
    for kind in path:
        data = next(body for found, body in boxes(data) if found == kind)
        data = data[4:] if kind == b'meta' else data
    return data


def packed_by(encoder_file):
    """The data of a file of one picture, and the configuration that a decoder needs."""
    return inner(encoder_file, b'mdat'), box(b'hvcC', inner(encoder_file, b'meta', b'iprp', b'ipco', b'hvcC'))


def ispe(width, height):
    return full(b'ispe', struct.pack('>II', width, height))


def grid(rows, columns, width, height):
    """The data of an item that is a grid of tiles."""
    return struct.pack('>BBBBHH', 0, 0, rows - 1, columns - 1, width, height)


def heif(items, references=(), brand=b'heic', kinds=(b'mif1', b'heic')):
    """`items`: (kind, data, properties), from number 1, the main one first; `references`: (kind, from, to)."""
    numbers = range(1, len(items) + 1)
    entries = b''.join(
        full(b'infe', struct.pack('>HH4sB', number, 0, kind, 0), version=2, flags=0 if number == 1 else 1)
        for number, (kind, _, _) in zip(numbers, items))
    properties, used = [], b''
    for number, (_, _, own) in zip(numbers, items):
        used += struct.pack('>HB', number, len(own))
        for each in own:
            properties.append(each)
            used += struct.pack('>B', 0x80 | len(properties))
    parts = [
        full(b'hdlr', struct.pack('>I4s12sB', 0, b'pict', b'', 0)),
        full(b'pitm', struct.pack('>H', 1)),
        full(b'iinf', struct.pack('>H', len(items)), entries),
        box(b'iprp', box(b'ipco', *properties), full(b'ipma', struct.pack('>I', len(items)), used)),
    ]
    if references:
        parts.append(full(b'iref', *(
            box(kind, struct.pack(f'>HH{len(to)}H', start, len(to), *to)) for kind, start, to in references)))
    start = box(b'ftyp', brand, bytes(4), *kinds)
    bare = len(start) + len(full(b'meta', *parts)) + 16 + 14 * len(items) + 8  # 16: iloc without its rows
    locations, at = b'', bare
    for number, (_, data, _) in zip(numbers, items):
        locations += struct.pack('>HHHII', number, 0, 1, at, len(data))
        at += len(data)
    where = full(b'iloc', struct.pack('>BBH', 0x44, 0, len(items)), locations)
    return start + full(b'meta', *parts, where) + box(b'mdat', *(data for _, data, _ in items))
