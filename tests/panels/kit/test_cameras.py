"""A QR code is drawn as it is made: each dark module, black on white, with quiet around it."""

import re

import segno

from interview_coach.panels.kit.cameras import qr

ADDRESS = "http://192.168.100.200:8700/#BCDFGHJK"


def test_the_drawing_is_the_code() -> None:
    drawn = qr(ADDRESS, "the address")
    modules = segno.make(ADDRESS, error="m", micro=False).matrix
    size = len(modules) + 8
    assert f'viewBox="0 0 {size} {size}"' in drawn
    dark = set()
    for x, y, width in re.findall(r"M(\d+) (\d+)h(\d+)v1h-\3z", drawn):
        dark |= {(int(x) + step, int(y)) for step in range(int(width))}
    wanted = {
        (x + 4, y + 4) for y, line in enumerate(modules) for x, module in enumerate(line) if module
    }
    assert dark == wanted
    assert 'fill="#ffffff"' in drawn
    assert 'fill="#000000"' in drawn


def test_who_does_not_see_it_is_told_and_nothing_runs() -> None:
    drawn = qr("x", '"><script>alert(1)</script>')
    assert 'role="img"' in drawn
    assert "<script" not in drawn
