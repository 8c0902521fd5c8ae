"""What speaks against a field that was read: a group of addressees that no table knows."""

from datetime import date

from models.letter import Evidence, Header
from models.repair import DoubtKind
from pipeline.extract.contradictions import asked_whom
from pipeline.extract.header import HeaderReading


def asked(recipients: tuple[str, ...], obligations: tuple[str, ...] = (), copies: tuple[str, ...] = ()) -> dict[str, tuple[DoubtKind, ...]]:
    header = Header(date=date(2024, 4, 5), recipients=recipients, copies=copies)
    found = asked_whom(HeaderReading(header, {"recipients": Evidence(page=1)}, ()), obligations, 1)
    assert set(found.review) == {field for field, seen in found.evidence.items() if seen.doubts}
    return {field: seen.doubts for field, seen in found.evidence.items() if seen.doubts}


def test_a_group_that_no_table_knows_is_asked_about() -> None:
    assert asked(("Ủy ban nhân dân các tỉnh có tuyến cáp treo",)) == {"recipients": (DoubtKind.UNKNOWN_GROUP,)}
    assert asked((), ("Chủ tịch Ủy ban nhân dân các tỉnh vùng nuôi tôm",)) == {"copies": (DoubtKind.UNKNOWN_GROUP,)}
    assert asked((), (), ("UBND các tỉnh theo danh sách",)) == {"copies": (DoubtKind.UNKNOWN_GROUP,)}


def test_known_groups_and_other_bodies_are_not() -> None:
    assert asked(("Ủy ban nhân dân các tỉnh Tây Nguyên", "Bộ Y tế", "Sở Y tế các tỉnh"), (), ("UBND các tỉnh lạ",)) == {}
    assert asked(("Ủy ban nhân dân các tỉnh, thành phố có biển",)) == {}
