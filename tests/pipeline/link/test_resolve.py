"""References find their letters: by number, issuer and day; what stays ambiguous keeps its candidates."""

from models.letter import Letter
from pipeline.link import MemoryIndex, resolve
from tests.pipeline.link.by_hand import cites, letter

PM, MOST = "Thủ tướng Chính phủ", "Bộ Khoa học và Công nghệ"
NGHE_AN, GIA_LAI = "Ủy ban nhân dân tỉnh Nghệ An", "Ủy ban nhân dân tỉnh Gia Lai"


def target(citing: Letter, *held: Letter) -> str | None:
    return resolve(citing, MemoryIndex([citing, *held])).references[0].target


def candidates(citing: Letter, *held: Letter) -> set[str]:
    return set(resolve(citing, MemoryIndex([citing, *held])).references[0].candidates)


def test_number_issuer_and_day_find_the_letter() -> None:
    cited = letter("a", "332/BKHCN-TĐC", "2021-02-23", MOST)
    citing = letter("b", "1002/UBND-VX", "2021-03-07", NGHE_AN, cites("332/BKHCN-TĐC", "2021-02-23", MOST))
    assert target(citing, cited) == cited.id


def test_marks_and_zeros_do_not_matter() -> None:
    cited = letter("a", "5/QD-TTG", "2021-02-23", PM, doc_type="QĐ")
    assert target(letter("b", "7/BYT-KCB", "2021-03-01", "Bộ Y tế", cites("05/QĐ-TTg", "2021-02-23")), cited) == cited.id


def test_never_across_a_differing_day() -> None:
    cited = letter("a", "36/QĐ-TTg", "2020-01-11", PM, doc_type="QĐ")
    citing = letter("b", "332/BKHCN-TĐC", "2021-02-23", MOST, cites("36/QĐ-TTg", "2021-01-11", PM))
    assert target(citing, cited) is None
    assert candidates(citing, cited) == set()


def test_a_number_that_every_province_has_means_the_citing_provinces() -> None:
    here = letter("a", "15/KH-UBND", "2021-02-01", NGHE_AN, doc_type="KH")
    there = letter("b", "15/KH-UBND", "2021-02-01", GIA_LAI, doc_type="KH")
    citing = letter("c", "9/SYT-NVY", "2021-03-01", "Sở Y tế tỉnh Gia Lai", cites("15/KH-UBND", "2021-02-01"))
    assert target(citing, here, there) == there.id
    assert target(citing, here) is None


def test_a_province_named_in_short_is_the_citing_letters() -> None:
    here, there = letter("a", "15/KH-UBND", "2021-02-01", NGHE_AN), letter("b", "15/KH-UBND", "2021-02-01", GIA_LAI)
    citing = letter("c", "9/SYT-NVY", "2021-03-01", "Sở Y tế tỉnh Nghệ An", cites("15/KH-UBND", "2021-02-01", "UBND tỉnh"))
    assert target(citing, here, there) == here.id


def test_a_ministry_that_answers_a_province_means_its_letter() -> None:
    here, there = letter("a", "88/UBND-KT", "2021-02-01", NGHE_AN), letter("b", "88/UBND-KT", "2021-02-01", GIA_LAI)
    citing = letter("c", "700/BTC-NSNN", "2021-02-20", "Bộ Tài chính", cites("88/UBND-KT", "2021-02-01"), to=(NGHE_AN,))
    assert target(citing, here, there) == here.id


def test_two_provinces_and_nothing_to_tell_them_apart_stay_candidates() -> None:
    here, there = letter("a", "88/UBND-KT", "2021-02-01", NGHE_AN), letter("b", "88/UBND-KT", "2021-02-01", GIA_LAI)
    citing = letter("c", "700/BTC-NSNN", "2021-02-20", "Bộ Tài chính", cites("88/UBND-KT", "2021-02-01"))
    assert target(citing, here, there) is None
    assert candidates(citing, here, there) == {here.id, there.id}


def test_a_district_is_not_its_namesake_province() -> None:
    city = letter("a", "15/KH-UBND", "2021-02-01", "Ủy ban nhân dân thành phố Vinh", doc_type="KH")
    citing = letter("c", "9/SYT-NVY", "2021-03-01", "Sở Y tế tỉnh Nghệ An", cites("15/KH-UBND", "2021-02-01", NGHE_AN))
    assert target(citing, city) is None


def test_without_a_day_the_only_letter_not_after_is_meant() -> None:
    cited = letter("a", "36/QĐ-TTg", "2021-01-11", PM, doc_type="QĐ")
    later = letter("b", "36/QĐ-TTg", "2022-01-15", PM, doc_type="QĐ")
    citing = letter("c", "332/BKHCN-TĐC", "2021-02-23", MOST, cites("36/QĐ-TTg"))
    assert target(citing, cited, later) == cited.id


def test_without_a_day_two_years_are_candidates() -> None:
    one, two = letter("a", "36/QĐ-TTg", "2021-01-11", PM, doc_type="QĐ"), letter("b", "36/QĐ-TTg", "2022-01-15", PM, doc_type="QĐ")
    citing = letter("c", "332/BKHCN-TĐC", "2022-02-23", MOST, cites("36/QĐ-TTg"))
    assert target(citing, one, two) is None
    assert candidates(citing, one, two) == {one.id, two.id}


def test_without_a_day_an_old_letter_is_not_meant() -> None:
    old = letter("a", "332/BKHCN-TĐC", "2012-02-23", MOST)
    assert target(letter("b", "10/UBND-VX", "2021-03-07", NGHE_AN, cites("332/BKHCN-TĐC")), old) is None


def test_a_year_in_the_number_needs_no_day() -> None:
    decree = letter("a", "30/2010/NĐ-CP", "2010-03-05", "Chính phủ", doc_type="NĐ")
    assert target(letter("b", "10/UBND-VX", "2021-03-07", NGHE_AN, cites("30/2010/NĐ-CP")), decree) == decree.id


def test_a_letter_without_a_day_is_not_guessed() -> None:
    cited = letter("a", "36/QĐ-TTg", None, PM, doc_type="QĐ", subject="ban hành Kế hoạch tổng thể nâng cao năng suất quốc gia")
    bare = letter("b", "332/BKHCN-TĐC", "2021-02-23", MOST, cites("36/QĐ-TTg", "2021-01-11", PM))
    assert target(bare, cited) is None
    assert candidates(bare, cited) == {cited.id}
    named = cites("36/QĐ-TTg", "2021-01-11", PM, sentence="Quyết định số 36/QĐ-TTg ban hành Kế hoạch tổng thể nâng cao năng suất quốc gia")
    assert target(letter("c", "332/BKHCN-TĐC", "2021-02-23", MOST, named), cited) == cited.id


def test_never_itself_nor_its_copy() -> None:
    same = "Thực hiện nhiệm vụ được giao, Ủy ban nhân dân tỉnh yêu cầu các sở, ngành báo cáo kết quả trước ngày 15 hằng tháng."
    one = letter("a", "10/UBND-VX", "2021-03-07", NGHE_AN, cites("10/UBND-VX", "2021-03-07"), subject="báo cáo định kỳ", text=same)
    two = letter("b", "10/UBND-VX", "2021-03-07", NGHE_AN, cites("10/UBND-VX", "2021-03-07"), subject="báo cáo định kỳ", text=same)
    assert target(one) is None
    assert target(one, two) is None
    assert target(two, one) is None


def test_of_copies_the_smallest_id_is_the_target() -> None:
    same = "Bộ đề nghị Ủy ban nhân dân các tỉnh quan tâm chỉ đạo xây dựng kế hoạch năm năm và hằng năm, bố trí kinh phí thực hiện."
    made = [letter(name, "332/BKHCN-TĐC", "2021-02-23", MOST, subject="triển khai kế hoạch", text=same) for name in "abcd"]
    citing = letter("z", "1002/UBND-VX", "2021-03-07", NGHE_AN, cites("332/BKHCN-TĐC", "2021-02-23", MOST))
    assert target(citing, *made) == min(one.id for one in made)
    assert target(citing, *reversed(made)) == min(one.id for one in made)


def test_two_documents_of_one_number_and_day_are_candidates() -> None:
    one = letter(
        "a", "87/QĐ-UBND", "2021-02-23", NGHE_AN, subject="thu hồi đất của hộ gia đình", text="thu hồi đất tại thửa số bảy để xây chợ"
    )
    two = letter("b", "87/QĐ-UBND", "2021-02-23", NGHE_AN, subject="bổ nhiệm công chức", text="điều động và bổ nhiệm ông giữ chức vụ mới")
    citing = letter("c", "9/SNV-TCBC", "2021-03-01", "Sở Nội vụ tỉnh Nghệ An", cites("87/QĐ-UBND", "2021-02-23"))
    assert target(citing, one, two) is None
    assert candidates(citing, one, two) == {one.id, two.id}


def test_a_typists_symbol_is_a_near_miss() -> None:
    cited = letter("a", "332/BKHCN-TĐC", "2021-02-23", MOST)
    assert target(letter("b", "10/UBND-VX", "2021-03-07", NGHE_AN, cites("332/BKHHCN-TĐC", "2021-02-23", MOST)), cited) == cited.id
    assert target(letter("b", "10/UBND-VX", "2021-03-07", NGHE_AN, cites("332/BKHHCN-TĐC", "2021-02-24", MOST)), cited) is None
    assert target(letter("b", "10/UBND-VX", "2021-03-07", NGHE_AN, cites("332/BKHHCN-TĐC", None, MOST)), cited) is None


def test_half_a_symbol_is_enough_where_the_types_are_one() -> None:
    cited = letter("a", "1945/TTg", "2020-12-24", PM, doc_type="QĐ")
    decision = cites("1945/QĐ-TTg", "2020-12-24", PM, doc_type="Quyết định")
    assert target(letter("b", "10/UBND-VX", "2021-03-07", NGHE_AN, decision), cited) == cited.id
    telegram = cites("1945/CĐ-TTg", "2020-12-24", PM, doc_type="Công điện")
    assert target(letter("b", "10/UBND-VX", "2021-03-07", NGHE_AN, telegram), cited) is None


def test_another_serial_of_the_same_day_is_another_letter() -> None:
    cited = letter("a", "334/BKHCN-TĐC", "2021-02-23", MOST, subject="triển khai Chương trình quốc gia năng suất chất lượng")
    assert target(letter("b", "10/UBND-VX", "2021-03-07", NGHE_AN, cites("384/BKHCN-TĐC", "2021-02-23", MOST)), cited) is None


def test_a_misread_serial_counts_where_the_subject_is_named() -> None:
    about = "triển khai Chương trình quốc gia năng suất chất lượng tại các địa phương"
    cited = letter("a", "134/BKHCN-TĐC", "2021-02-23", MOST, subject=about)
    misread = cites("734/BKHCN-TĐC", "2021-02-23", MOST, sentence=f"nhận được Công văn số 734/BKHCN-TĐC về {about}.")
    doubted = cited.model_copy(update={"review": ("number",)})
    assert target(letter("b", "10/UBND-VX", "2021-03-07", NGHE_AN, misread), doubted) == cited.id
    # of a number that was read surely a person must say it
    assert target(letter("b", "10/UBND-VX", "2021-03-07", NGHE_AN, misread), cited) is None
    assert candidates(letter("b", "10/UBND-VX", "2021-03-07", NGHE_AN, misread), cited) == {cited.id}


def test_an_unread_number_counts_where_the_subject_is_named() -> None:
    about = "phê duyệt Đề án hỗ trợ phụ nữ khởi nghiệp giai đoạn 2021-2025"
    cited = letter("a", None, "2021-03-19", PM, doc_type="QĐ", subject=about)
    named = cites("2155/QĐ-TTg", "2021-03-19", PM, doc_type="Quyết định", sentence=f"Thực hiện Quyết định số 2155/QĐ-TTg {about}.")
    assert target(letter("b", "10/UBND-VX", "2021-05-07", NGHE_AN, named), cited) == cited.id
    # by the citing letter's own subject
    bare = cites("2155/QĐ-TTg", "2021-03-19", PM, doc_type="Quyết định")
    same = "triển khai Đề án hỗ trợ phụ nữ khởi nghiệp giai đoạn 2021-2025"
    assert target(letter("b", "10/UBND-VX", "2021-05-07", NGHE_AN, bare, subject=same), cited) == cited.id
    for other in (
        "triển khai Đề án hỗ trợ phụ nữ khởi nghiệp giai đoạn 2026-2030",
        "phòng, chống thiên tai và tìm kiếm cứu nạn năm 2021",
        None,
    ):
        assert target(letter("b", "10/UBND-VX", "2021-05-07", NGHE_AN, bare, subject=other), cited) is None
    # a telegram is no decision
    telegram = named.model_copy(update={"doc_type": "Công điện"})
    assert target(letter("b", "10/UBND-VX", "2021-05-07", NGHE_AN, telegram), cited) is None
    # two unread ones of that day and subject: a person must say which
    twin = letter("c", None, "2021-03-19", PM, doc_type="QĐ", subject=about)
    citing = letter("b", "10/UBND-VX", "2021-05-07", NGHE_AN, named)
    assert target(citing, cited, twin) is None
    assert candidates(citing, cited, twin) == {cited.id, twin.id}


def test_an_unread_subject_is_looked_for_in_the_opening() -> None:
    opening = "THỦ TƯỚNG CHÍNH PHỦ\nSố /QĐ-TTg\nĐề án hỗ trợ phụ nữ khởi nghiệp giai đoạn 2021-2025\nCăn cứ Luật Tổ chức Chính phủ;"
    cited = letter("a", None, "2021-03-19", PM, doc_type="QĐ", text=opening)
    bare = cites("2155/QĐ-TTg", "2021-03-19", PM, doc_type="Quyết định")
    same = "triển khai Đề án hỗ trợ phụ nữ khởi nghiệp giai đoạn 2021-2025"
    assert target(letter("b", "10/UBND-VX", "2021-05-07", NGHE_AN, bare, subject=same), cited) == cited.id
    other = "triển khai Đề án phát triển kinh tế tập thể giai đoạn 2021-2025"
    assert target(letter("b", "10/UBND-VX", "2021-05-07", NGHE_AN, bare, subject=other), cited) is None


def test_a_letter_cited_exactly_is_no_near_miss_of_another_citation() -> None:
    about = "triển khai Chương trình quốc gia năng suất chất lượng tại các địa phương"
    cited = letter("a", "134/BKHCN-TĐC", "2021-02-23", MOST, subject=about)
    sentence = f"nhận được Công văn số 734/BKHCN-TĐC và Công văn số 134/BKHCN-TĐC về {about}."
    citing = letter(
        "b",
        "10/UBND-VX",
        "2021-03-07",
        NGHE_AN,
        cites("734/BKHCN-TĐC", "2021-02-23", MOST, sentence=sentence),
        cites("134/BKHCN-TĐC", "2021-02-23", MOST, sentence=sentence),
    )
    assert [r.target for r in resolve(citing, MemoryIndex([cited, citing])).references] == [None, cited.id]


def test_a_law_by_name_and_day() -> None:
    law = letter("a", "83/2015/QH13", "2015-06-25", "Quốc hội", doc_type="Luật", subject="Ngân sách nhà nước")
    other = letter("b", "80/2015/QH13", "2015-06-22", "Quốc hội", doc_type="Luật", subject="Ban hành văn bản quy phạm pháp luật")
    cited = cites(None, "2015-06-25", None, "based_on", text="Luật Ngân sách nhà nước ngày 25/6/2015", doc_type="Luật")
    assert target(letter("c", "10/QĐ-UBND", "2021-03-07", NGHE_AN, cited), law, other) == law.id


def test_a_misread_issuer_is_believed_only_where_number_and_day_agree() -> None:
    cited = letter("a", "2494/UBND-VX", "2020-08-12", "Ban|jnhân dân tính Nghệ An")
    dated = cites("2494/UBND-VX", "2020-08-12", NGHE_AN)
    assert target(letter("b", "9/SYT-NVY", "2020-09-01", "Sở Y tế tỉnh Nghệ An", dated), cited) == cited.id
    dateless = cites("2494/UBND-VX", None, NGHE_AN)
    assert target(letter("b", "9/SYT-NVY", "2020-09-01", "Sở Y tế tỉnh Nghệ An", dateless), cited) is None
    elsewhere = cites("2494/UBND-VX", "2020-08-12", "Ủy ban nhân dân tỉnh Hà Nam")
    assert target(letter("b", "9/SYT-NVY", "2020-09-01", "Sở Y tế tỉnh Nghệ An", elsewhere), cited) is None


def test_the_symbol_outweighs_a_name_read_near_it() -> None:
    cited = letter("a", "36/QĐ-TTg", "2021-01-11", PM, doc_type="QĐ")
    assert target(letter("b", "332/BKHCN-TĐC", "2021-02-23", MOST, cites("36/QĐ-TTg", "2021-01-11", "Chính phủ")), cited) == cited.id


def test_resolving_again_forgets_earlier_targets() -> None:
    citing = letter("b", "1002/UBND-VX", "2021-03-07", NGHE_AN, cites("332/BKHCN-TĐC", "2021-02-23", MOST))
    stale = citing.model_copy(update={"references": (citing.references[0].model_copy(update={"target": "gone-1"}),)})
    assert resolve(stale, MemoryIndex([stale])).references[0].target is None


def test_what_else_fits_is_never_taken_for_what_a_person_named() -> None:
    """The letter that they named is gone (its pages were parted otherwise): what is left is asked about."""
    held = letter("a", "332/BKHCN-TĐC", "2021-02-23", MOST)
    citing = letter("b", "1002/UBND-VX", "2021-03-07", NGHE_AN, cites("332/BKHCN-TĐC", "2021-02-23", MOST))
    said = citing.model_copy(
        update={"references": tuple(one.model_copy(update={"target": "gone-1", "settled": True}) for one in citing.references)}
    )
    found = resolve(said, MemoryIndex([said, held]))
    (reference,) = found.references
    assert (reference.target, reference.settled, reference.candidates) == (None, False, (held.id,))
    assert "references" in found.review
