"""PDF with the fonts of the package alone; text comes out as it went in; codes are read back."""

import subprocess
import sys
from pathlib import Path

import segno
from PIL import Image

from unionbenefits.core import pdf, qr

ROOT = Path(__file__).resolve().parents[2]
BODY = """#import "/core/paper/common.typ": *
#let data = json(bytes(sys.inputs.data))
#show: typeset
#data.text
#qr(data.qr, 30mm)
"""
TEXT = "陈𬭎䶮·㐂，凭证2026号，A栋3楼，95.00元"
ADDRESS = "https://benefits.example.org/verify/202600000001705?" + "n=%E6%9D%8E*&s=" + "A" * 86


def made(tmp_path, monkeypatch):
    """A paper whose template lies outside the package's folders would not find the shared pieces: so a root of ours."""
    (tmp_path / "core").symlink_to(ROOT / "unionbenefits" / "core")
    (tmp_path / "a.typ").write_text(BODY, encoding="utf-8")
    monkeypatch.setattr(pdf, "_ROOT", tmp_path)
    return pdf.Template(tmp_path / "a.typ").render({"text": TEXT, "qr": qr.for_paper(ADDRESS)})


def run(*command, content):
    return subprocess.run(command, input=content, capture_output=True, check=True).stdout


def test_only_the_fonts_of_the_package_are_known():
    assert sorted(pdf._fonts().families()) == ["Noto Sans SC", "Noto Serif SC"]


def test_text_comes_out_as_it_went_in_rare_characters_too(tmp_path, monkeypatch):
    content = made(tmp_path, monkeypatch)
    assert run("pdftotext", "-", "-", content=content).decode().splitlines()[0] == TEXT
    fonts = run("pdffonts", "-", content=content).decode().splitlines()[2:]
    assert [line.split()[0].partition("+")[2] for line in fonts] == ["NotoSansSC-Regular-Identity-H"]


def test_the_code_on_paper_is_the_code_of_the_address(tmp_path, monkeypatch):
    (tmp_path / "paper.pdf").write_bytes(made(tmp_path, monkeypatch))
    subprocess.run(["pdfimages", "-png", tmp_path / "paper.pdf", tmp_path / "code"], check=True)
    [picture] = [Image.open(path) for path in sorted(tmp_path.glob("code-*.png"))]
    matrix = segno.make(ADDRESS, error="m", micro=False, mask=3).matrix
    side = len(matrix)
    assert picture.size == (side, side)
    pixels = picture.convert("L").load()
    assert [[pixels[x, y] < 128 for x in range(side)] for y in range(side)] == [
        [bool(module & 1) for module in row] for row in matrix
    ]


def test_a_code_for_screens_is_a_picture_with_a_quiet_zone():
    picture = qr.svg(ADDRESS)
    side = (len(segno.make(ADDRESS, error="m", micro=False).matrix) + 8) * 4
    assert f'width="{side}" height="{side}"'.encode() in picture


def test_papers_need_no_environment(tmp_path):
    """No home, no font configuration, no PATH: what the machine has installed changes nothing."""
    code = (
        "from unionbenefits.core.pdf import template; from pathlib import Path;"
        "data = dict(unit='甲', gift='乙', popular='', copies='1', amount='95.00', capitals='玖拾伍元整',"
        "campaign='丙', giver='丁', date='戊');"
        "print(len(template(Path('unionbenefits/campaigns/paper/presentation.typ').resolve()).render(data)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], env={}, cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) > 5000
