"""An office's card on paper: the number that people compare, and the code that a phone reads, are the card's."""

from __future__ import annotations

import io
from pathlib import Path

import pypdfium2
import pytest
import zxingcpp

from cpdesk.errors import NotFound
from cpdesk.khmer import digits
from cpdesk.tasks import exchange, forms
from tests import desks


def read_by_a_phone(pdf: bytes, page: int = 0) -> list[str]:
    """What the codes of a page say, at the resolution of a cheap camera."""
    with pypdfium2.PdfDocument(io.BytesIO(pdf)) as paper:
        bitmap = paper[page].render(scale=110 / 72, grayscale=True)
        return [code.text for code in zxingcpp.read_barcodes(bitmap.to_pil())]


def text_of(pdf: bytes, page: int = 0) -> str:
    with pypdfium2.PdfDocument(io.BytesIO(pdf)) as paper:
        return "".join(paper[page].get_textpage().get_text_bounded().split())


def test_the_page_shows_the_number_three_times(tmp_path: Path) -> None:
    with desks.make(tmp_path) as desk:
        card = exchange.own_card(desk)
        pdf = forms.preview(desk, "card", "own")
        assert forms.pages(pdf) == 1, "one page is signed and kept"
        found = text_of(pdf)
        number = card.fingerprint.replace(" ", "")
        assert number in found and digits.to_khmer(number) in found
        assert read_by_a_phone(pdf) == [f"CPDESK 0801 {card.fingerprint}"]


def test_the_office_above_prints_the_same_number(tmp_path: Path) -> None:
    with desks.make(tmp_path, desks.PROVINCE) as province, desks.make(tmp_path) as district:
        exchange.write_card(district, tmp_path / "d.cpcard")
        exchange.enrol(province, tmp_path / "d.cpcard")
        number = exchange.own_card(district).fingerprint
        assert read_by_a_phone(forms.preview(province, "card", "0801")) == [f"CPDESK 0801 {number}"]
        assert read_by_a_phone(forms.preview(province, "card", number)) == [f"CPDESK 0801 {number}"]
        exchange.revoke(province, "0801")
        assert "ដកចេញ" in text_of(forms.preview(province, "card", "0801"))
        with pytest.raises(NotFound):
            forms.preview(province, "card", "0811")
