"""A signer whom no page names, and the certificate of the file's signature does."""

from dataclasses import replace

import pytest

from models.letter import Evidence, Header, Signer
from models.signature import Signature
from pipeline.extract.certified_signer import with_certified_signer
from pipeline.extract.header import HeaderReading

OFFICE = Signer(title="Giám đốc", capacity=("GIÁM ĐỐC",))
NAMELESS = HeaderReading(Header(signer=OFFICE), {"signer": Evidence(page=2, confidence=0.98)}, ())


def test_the_person_of_the_certificate_is_named_and_asked_about() -> None:
    read = with_certified_signer(NAMELESS, [Signature(by="VŨ THÀNH KIÊN", state="added")])
    assert read.header.signer == Signer(name="Vũ Thành Kiên", title="Giám đốc", capacity=("GIÁM ĐỐC",))
    assert read.review == ("signer",)
    assert "Vũ Thành Kiên" in read.evidence["signer"].repairs[-1]


@pytest.mark.parametrize(
    "signatures",
    [
        pytest.param([Signature(by="SỞ XÂY DỰNG", state="whole")], id="a body's certificate"),
        pytest.param([Signature(by="VŨ THÀNH KIÊN", state="broken")], id="a signature that does not hold"),
        pytest.param([Signature(by="VŨ THÀNH KIÊN", state="whole", role="publisher")], id="the publisher's"),
        pytest.param([Signature(by=name, state="whole") for name in ("VŨ THÀNH KIÊN", "LÊ THỊ BÍCH NGÂN")], id="two persons"),
    ],
)
def test_nobody_else_is_named(signatures: list[Signature]) -> None:
    assert with_certified_signer(NAMELESS, signatures) == NAMELESS


@pytest.mark.parametrize(
    "signer", [Signer(name="Đỗ Văn Hải", capacity=("GIÁM ĐỐC",)), Signer()], ids=["a name was read", "no office signs"]
)
def test_what_the_page_says_stands(signer: Signer) -> None:
    read = replace(NAMELESS, header=Header(signer=signer))
    assert with_certified_signer(read, [Signature(by="VŨ THÀNH KIÊN", state="whole")]) == read
