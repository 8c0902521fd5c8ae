"""From the lines of an issuer's block to the body's full name."""

from __future__ import annotations

import pytest

from rules.issuers.naming import name_issuer


@pytest.mark.parametrize(
    ("block", "name", "parent"),
    [
        (["HỘI NÔNG DÂN VIỆT NAM", "BAN THƯỜNG VỤ"], "Ban Thường vụ Hội Nông dân Việt Nam", "Hội Nông dân Việt Nam"),
        (["BCH HỘI NÔNG DÂN TỈNH GIA LAI"], "Ban Chấp hành Hội Nông dân tỉnh Gia Lai", None),
        (["UBND TỈNH KIÊN GIANG", "SỞ Y TẾ"], "Sở Y tế tỉnh Kiên Giang", "Ủy ban nhân dân tỉnh Kiên Giang"),
        (["VĂN PHÒNG", "ỦY BAN NHÂN DÂN TỈNH GIA LAI"], "Văn phòng Ủy ban nhân dân tỉnh Gia Lai", None),
        (["ỦY BAN NHÂN DÂN TỈNH GIA LAI", "VĂN PHÒNG"], "Văn phòng Ủy ban nhân dân tỉnh Gia Lai", "Ủy ban nhân dân tỉnh Gia Lai"),
        (["ỦY BAN NHÂN DÂN TỈNH GIA LAI", "THANH TRA"], "Thanh tra tỉnh Gia Lai", "Ủy ban nhân dân tỉnh Gia Lai"),
        (["SỞ GIÁO DỤC VÀ", "ĐÀO TẠO TỈNH HÀ TĨNH"], "Sở Giáo dục và Đào tạo tỉnh Hà Tĩnh", None),
        (["CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH NGHỆ AN"], "Ủy ban nhân dân tỉnh Nghệ An", None),
        (["VĂN PHÒNG CHÍNH PHỦ"], "Văn phòng Chính phủ", None),
        (["BỘ TÀI NGUYÊN VÀ MÔI", "TRƯỜNG"], "Bộ Tài nguyên và Môi trường", None),
        (
            ["UBND TỈNH HÀ GIANG", "SỞ TÀI NGUYÊN VÀ MÔI", "TRƯỜNG"],
            "Sở Tài nguyên và Môi trường tỉnh Hà Giang",
            "Ủy ban nhân dân tỉnh Hà Giang",
        ),
        (["SỞ Y TẾ TỈNH GIA LAI", "TRƯỜNG", "CAO ĐẲNG SA HUỲNH"], "Trường Cao đẳng Sa Huỳnh", "Sở Y tế tỉnh Gia Lai"),
        (["SỞ GIÁO DỤC VÀ ĐÀO TẠO", "TRƯỜNG THPT NGUYỄN DU"], "Trường THPT Nguyễn Du", "Sở Giáo dục và Đào tạo"),
        (["ỦY BAN DÂN TỘC"], "Ủy ban Dân tộc", None),
        (
            ["UBND TỈNH KON TUM", "TRUNG TÂM HỖ TRỢ DOANH NGHIỆP SA HUỲNH"],
            "Trung tâm hỗ trợ doanh nghiệp Sa Huỳnh tỉnh Kon Tum",
            "Ủy ban nhân dân tỉnh Kon Tum",
        ),
        (["BỘ Y TẾ", "BỆNH VIỆN SA HUỲNH"], "Bệnh viện Sa Huỳnh", "Bộ Y tế"),
        (["SỞ Y TẾ TỈNH GIA LAI", "TRUNG TÂM Y TẾ ĐẮK XƠ"], "Trung tâm Y tế Đắk Xơ", "Sở Y tế tỉnh Gia Lai"),
        (["TRƯỜNG CAO ĐẲNG CÔNG NGHIỆP.", "THỰC PHÁM TP. HUẾ"], "Trường Cao đẳng Công nghiệp thực phẩm thành phố Huế", None),
        (["UBNDTI KON TUM", "HỘI LÀM VƯỜN"], "Hội làm vườn tỉnh Kon Tum", "Ủy ban nhân dân tỉnh Kon Tum"),
        (
            ["ỦY BẠN MT1Q VIỆT NAM TỈNH KON TUM", "BAN THƯỜNG TRỰC"],
            "Ban Thường trực Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh Kon Tum",
            "Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh Kon Tum",
        ),
        (["-Ý _UBND TỈNH KON TUM", "SỞ Y TẾ"], "Sở Y tế tỉnh Kon Tum", "Ủy ban nhân dân tỉnh Kon Tum"),
        (["SỞ Y TẾ KON TUM", "BAN TỔ CHỨC LỄ KỶ NIỆM"], "Ban Tổ chức lễ kỷ niệm", "Sở Y tế tỉnh Kon Tum"),
        (["UBND TỈNH KON TUM", "HỘI ĐỒNG ĐỊNH GIÁ"], "Hội đồng định giá tỉnh Kon Tum", "Ủy ban nhân dân tỉnh Kon Tum"),
        (["ỦY BAN NHÂN DÂN XÃ IA PHÍ"], "Ủy ban nhân dân xã Ia Phí", None),
    ],
)
def test_a_block_names_a_body_and_the_one_over_it(block: list[str], name: str, parent: str | None) -> None:
    said = name_issuer(block)
    assert said is not None
    assert (said.name, said.parent) == (name, parent)


def test_a_body_that_every_place_has_takes_its_province_from_the_place_line() -> None:
    said = name_issuer(["SỞ TÀI CHÍNH"], place="Vinh")
    assert said is not None
    assert said.name == "Sở Tài chính tỉnh Nghệ An"
    assert said.certainty < 0.9


def test_a_misread_name_takes_the_table_s_spelling_and_says_so() -> None:
    said = name_issuer(["SỞ KHOA HỌC VÀ CÔNG NGHỆ TỈNH GIA LẠI"])
    assert said is not None
    assert said.name == "Sở Khoa học và Công nghệ tỉnh Gia Lai"
    misread = name_issuer(["SỞ KHOA H0C VÀ CÔNG NGHỆ TỈNH GIA LAI"])
    assert misread is not None
    assert misread.name == said.name
    assert misread.repairs


def test_a_unit_s_word_without_its_place_takes_the_place_line_s() -> None:
    said = name_issuer(["HỘI KHUYẾN HỌC TỈNH", "HỘI ĐỒNG QL QUỸ KHUYẾN TÀI"], place="Kon Tum")
    assert said is not None and said.certainty < 0.9
    assert (said.name.lower(), said.parent) == ("hội đồng quản lý quỹ khuyến tài tỉnh kon tum", "Hội Khuyến học tỉnh Kon Tum")


def test_a_unit_s_word_alone_is_finished_by_the_place_line_below_a_body_of_its_kind() -> None:
    said = name_issuer(["TỈNH ĐOÀN KON TUM", "HỘI LHTN VIỆT NAM TỈNH"], place="Kon Tum", typed=True)
    assert said is not None and said.name.lower() == "hội liên hiệp thanh niên việt nam tỉnh kon tum"


def test_a_block_without_a_body_names_none() -> None:
    assert name_issuer([]) is None
    assert name_issuer(["-", "."]) is None


def test_an_inner_body_without_its_organization_names_nobody_surely() -> None:
    said = name_issuer(["BAN THƯỜNG VỤ"])
    assert said is not None and said.certainty < 0.5


@pytest.mark.parametrize(
    ("block", "name"),
    [
        (["UBND HUYỆN CHƯ SÊ", "PHÒNG NÔNG NGHIỆP VÀ PTNT"], "phòng nông nghiệp và phát triển nông thôn"),
        (["UBND HUYỆN CHƯ SÊ", "PHÒNG LAO ĐỘNG - THƯƠNG BINH VÀ XÃ HỘI"], "phòng lao động - thương binh và xã hội"),
        (["UBND TỈNH GIA LAI", "BAN CHỈ HUY QUÂN SỰ HUYỆN CHƯ SÊ"], "ban chỉ huy quân sự huyện chư sê"),
        (["TRƯỜNG ĐẠI HỌC SA HUỲNH", "KHOA NÔNG NGHIỆP VÀ MÔI TRƯỜNG"], "khoa nông nghiệp và môi trường"),
        (["TỈNH ỦY GIA LAI", "BAN GIÁO DỤC VÀ ĐÀO TẠO"], "ban giáo dục và đào tạo"),
        (["BỘ TÀI CHÍNH", "VỤ THI HÀNH ÁN DÂN SỰ"], "vụ thi hành án dân sự"),
        (["BỘ NÔNG NGHIỆP"], "bộ nông nghiệp"),
        (["TRƯỜNG THCS SA HUỲNH"], "trường thcs sa huỳnh"),
        (
            ["TRƯỜNG ĐẠI HỌC SA HUỲNH", "PHÒNG CÔNG TÁC CHÍNH TRỊ VÀ", "HỌC SINH SINH VIÊN"],
            "phòng công tác chính trị và học sinh sinh viên",
        ),
    ],
)
def test_a_body_that_shares_words_with_a_known_one_is_not_it(block: list[str], name: str) -> None:
    issuer = name_issuer(block)
    assert issuer is not None and issuer.name.lower().startswith(name)
    assert (issuer.parent is None) is (len(block) == 1)


@pytest.mark.parametrize(
    ("block", "name", "parent"),
    [
        (["BỘ CÔNG AN – TỔ CÔNG TÁC LIÊN NGÀNH"], "Tổ công tác liên ngành", "Bộ Công an"),
        (["BỘ NÔNG NGHIỆP VÀ PTNT -", "BỘ TÀI CHÍNH"], "Bộ Nông nghiệp và Phát triển nông thôn - Bộ Tài chính", None),
        (["BỘ Y TẾ - BỘ TÀI CHÍNH - BỘ NỘI VỤ"], "Bộ Y tế - Bộ Tài chính - Bộ Nội vụ", None),
        (
            ["ỦY BAN MTTQ VIỆT NAM TỈNH GIA LAI -", "ỦY BAN NHÂN DÂN TỈNH GIA LAI"],
            "Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh Gia Lai - Ủy ban nhân dân tỉnh Gia Lai",
            None,
        ),
        (["UBND TỈNH GIA LAI", "SỞ Y TẾ -SỞ TÀI CHÍNH"], "Sở Y tế - Sở Tài chính tỉnh Gia Lai", "Ủy ban nhân dân tỉnh Gia Lai"),
        (["VĂN PHÒNG HĐND - UBND"], "Văn phòng Hội đồng nhân dân - Ủy ban nhân dân", None),
    ],
)
def test_bodies_that_a_dash_parts_issue_as_one_or_one_under_the_other(block: list[str], name: str, parent: str | None) -> None:
    issuer = name_issuer(block)
    assert issuer is not None and (issuer.name, issuer.parent) == (name, parent)


@pytest.mark.parametrize(
    ("block", "name", "parent"),
    [
        (["CỤC THUẾ", "THUẾ TỈNH KON TUM"], "Thuế tỉnh Kon Tum", "Cục Thuế"),
        (["TỔNG CÔNG TY", "BƯU ĐIỆN SA HUỲNH", "BƯU ĐIỆN TỈNH KON TUM"], "Bưu điện tỉnh Kon Tum", "Tổng công ty bưu điện Sa Huỳnh"),
        (["CÔNG TY ĐIỆN LỰC KON TUM", "ĐIỆN LỰC ĐẮK XƠ"], "Điện lực Đắk Xơ", "Công ty điện lực Kon Tum"),
        (["ĐẢNG ỦY PHƯỜNG ĐẮK XƠ", "CHI BỘ TRƯỜNG SA HUỲNH"], "Chi bộ trường Sa Huỳnh", "Đảng ủy phường Đắk Xơ"),
        (["TỈNH ỦY KON TUM", "BAN NỘI CHÍNH"], "Ban Nội chính Tỉnh ủy Kon Tum", "Tỉnh ủy Kon Tum"),
        (
            ["HỘI ĐỒNG NHÂN DÂN", "TỈNH KON TUM", "BAN PHÁP CHẾ"],
            "Ban pháp chế Hội đồng nhân dân tỉnh Kon Tum",
            "Hội đồng nhân dân tỉnh Kon Tum",
        ),
        (["TRƯỜNG CAO ĐẲNG SA HUỲNH", "HỘI ĐỒNG TRƯỜNG"], "Hội đồng trường Trường Cao đẳng Sa Huỳnh", "Trường Cao đẳng Sa Huỳnh"),
        (["SỞ Y TẾ TỈNH GIA LAI", "THANH TRA SỞ"], "Thanh tra Sở Y tế tỉnh Gia Lai", "Sở Y tế tỉnh Gia Lai"),
        (["BAN CHỈ HUY", "PHÒNG THỦ DÂN SỰ TỈNH KON TUM"], "Ban chỉ huy phòng thủ dân sự tỉnh Kon Tum", None),
        (["TRƯỜNG ĐẠI HỌC", "KHOA HỌC SA HUỲNH"], "Trường Đại học Khoa học Sa Huỳnh", None),
        (["TẬP ĐOÀN BƯU CHÍNH", "VIỄN THÔNG SA HUỲNH"], "Tập đoàn bưu chính viễn thông Sa Huỳnh", None),
        (["CHI CỤC THUẾ KHU VỰC", "QUY HÒA - ĐẮK XƠ"], "Chi cục thuế khu vực Quy Hòa - Đắk Xơ", None),
        (["CHI CỤC HẢI QUAN CỬA KHẨU", "CẢNG SA HUỲNH"], "Chi cục Hải quan cửa khẩu cảng Sa Huỳnh", None),
        (["ĐẢNG ĐOÀN", "HỘI ĐỒNG NHÂN DÂN TỈNH KON TUM"], "Đảng đoàn Hội đồng nhân dân tỉnh Kon Tum", None),
        (["BỘ QUỐC PHÒNG", "BỘ TƯ LỆNH SA HUỲNH"], "Bộ Tư lệnh Sa Huỳnh", "Bộ Quốc phòng"),
        (["BỘ CHQS TỈNH KON TUM", "ĐỒN BIÊN PHÒNG ĐẮK XƠ"], "Đồn Biên phòng Đắk Xơ", "Bộ Chỉ huy Quân sự tỉnh Kon Tum"),
        (["BẢO HIỂM XÃ HỘI TỈNH KON TUM", "BẢO HIỂM XÃ HỘI CƠ SỞ ĐẮK XƠ"], "Bảo hiểm xã hội cơ sở Đắk Xơ", "Bảo hiểm xã hội tỉnh Kon Tum"),
        (
            ["TRUNG ƯƠNG HỘI", "KHUYẾN HỌC VIỆT NAM", "VĂN PHÒNG"],
            "Văn phòng Trung ương Hội Khuyến học Việt Nam",
            "Trung ương Hội Khuyến học Việt Nam",
        ),
        (
            ["CỤC HẢI QUAN TỈNH KON TUM", "CHI CỤC HẢI QUAN CỬA KHẨU QUỐC TẾ", "ĐƯỜNG BỘ ĐẮK XƠ"],
            "Chi cục Hải quan cửa khẩu quốc tế đường bộ Đắk Xơ",
            "Cục Hải quan tỉnh Kon Tum",
        ),
        (["HIỆP HỘI CÁ CẢNH VIỆT NAM", "CÂU LẠC BỘ CÁ CHÉP SA HUỲNH"], "Câu lạc bộ Cá Chép Sa Huỳnh", "Hiệp hội Cá cảnh Việt Nam"),
    ],
)
def test_a_line_begins_another_body_or_goes_on_with_the_one_above(block: list[str], name: str, parent: str | None) -> None:
    said = name_issuer(block, typed=True)
    assert said is not None
    assert said.name.lower() == name.lower()
    assert (said.parent or "").lower() == (parent or "").lower()


def test_a_line_that_no_known_head_begins_is_no_part_of_a_name_that_is_complete() -> None:
    said = name_issuer(["SỞ Y TẾ TỈNH GIA LAI", "NHÓM THIỆN NGUYỆN SA HUỲNH"])
    assert said is not None
    assert said.name == "Sở Y tế tỉnh Gia Lai"


def test_words_of_a_typed_letterhead_are_not_taken_for_others() -> None:
    said = name_issuer(["HỘI ĐỒNG TRỌNG TÀI SA HUỲNH"], typed=True)
    assert said is not None
    assert said.name == "Hội đồng trọng tài Sa Huỳnh"


@pytest.mark.parametrize(
    ("block", "name"),
    [
        (["HỘI NÔNG DÂN VIỆT NAM", "BAN CHẤP HÀNH TỈNH KON TUM"], "Ban Chấp hành Hội Nông dân Việt Nam tỉnh Kon Tum"),
        (["GIÁO HỘI PHẬT GIÁO VIỆT NAM", "BAN TRỊ SỰ TỈNH KON TUM"], "Ban Trị sự Giáo hội Phật giáo Việt Nam tỉnh Kon Tum"),
        (["ĐOÀN TNCS HỒ CHÍ MINH", "BAN CHẤP HÀNH TỈNH KON TUM"], "Ban Chấp hành Đoàn Thanh niên Cộng sản Hồ Chí Minh tỉnh Kon Tum"),
        (["BÁO SA HUỲNH", "BAN BIÊN TẬP"], "Ban Biên tập Báo Sa Huỳnh"),
        (["NGÂN HÀNG NHÀ NƯỚC VIỆT NAM", "CHI NHÁNH TỈNH KON TUM"], "Ngân hàng Nhà nước Việt Nam chi nhánh tỉnh Kon Tum"),
        (["TỈNH ỦY KON TUM", "TRƯỜNG CHÍNH TRỊ"], "Trường Chính trị tỉnh Kon Tum"),
        (["SỞ Y TẾ KON TUM", "BỆNH VIỆN SẢN - NHI"], "Bệnh viện Sản - Nhi tỉnh Kon Tum"),
        (
            ["VIỆN KIỂM SÁT NHÂN DÂN", "TỈNH KON TUM", "VIỆN KIỂM SÁT NHÂN DÂN", "KHU VỰC 4"],
            "Viện kiểm sát nhân dân khu vực 4 tỉnh Kon Tum",
        ),
        (["SỞ TƯ PHÁP TỈNH KON TUM", "VĂN PHÒNG CÔNG CHỨNG", "NGUYỄN THÀNH"], "Văn phòng công chứng Nguyễn Thành"),
        (["BỘ CHỈ HUY BĐBP TỈNH KON TUM", "ĐỒN BIÊN PHÒNG BÌNH HẢI"], "Đồn Biên phòng Bình Hải"),
        (
            ["ỦY BAN BẦU CỬ ĐẠI BIỂU QUỐC HỘI", "KHÓA XV VÀ ĐẠI BIỂU HĐND CÁC CẤP", "NHIỆM KỲ 2021-2026", "TỈNH KON TUM"],
            "Ủy ban bầu cử đại biểu Quốc hội khóa XV và đại biểu Hội đồng nhân dân các cấp nhiệm kỳ 2021-2026 tỉnh Kon Tum",
        ),
        (["HỘI ĐỒNG NHÂN DÂN", "HUYỆN CHƯ SÊ", "THƯỜNG TRỰC"], "Thường trực Hội đồng nhân dân huyện Chư Sê"),
        (["ỦY BAN NHÂN DÂN", "THÀNH PHỐ ĐÔNG HÀ", "TỔ CÔNG TÁC"], "Tổ công tác thành phố Đông Hà"),
        (["HỢP TÁC XÃ DỊCH VỤ", "NÔNG NGHIỆP SA HUỲNH 2"], "Hợp tác xã dịch vụ nông nghiệp Sa Huỳnh 2"),
        (["TRƯỜNG ĐẠI HỌC SA HUỲNH", "CÔNG ĐOÀN"], "Công đoàn Trường Đại học Sa Huỳnh"),
        (["SỞ LAO ĐỘNG-TB&XH TỈNH KON TUM", "LÀNG TRẺ EM MỒ CÔI"], "Làng trẻ em mồ côi tỉnh Kon Tum"),
        (["UBND XÃ IA PHÍ", "BAN CHỈ ĐẠO XDNTM"], "Ban chỉ đạo xây dựng nông thôn mới xã Ia Phí"),
        (["HUYỆN ỦY CHƯ SÊ", "ĐẢNG ỦY XÃ ĐẮK RONG"], "Đảng ủy xã Đắk Rong"),
        (["ĐẢNG BỘ TỈNH KON TUM", "BAN TỔ CHỨC TỈNH ỦY"], "Ban Tổ chức Tỉnh ủy Kon Tum"),
        (["SỞ NỘI VỤ TỈNH KON TUM", "BAN TÔN GIÁO"], "Ban Tôn giáo tỉnh Kon Tum"),
        (
            ["SỞ GD&ĐT KON TUM", "TRUNG TÂM GIÁO DỤC THƯỜNG XUYÊN", "- HƯỚNG NGHIỆP"],
            "Trung tâm giáo dục thường xuyên - hướng nghiệp tỉnh Kon Tum",
        ),
        (["UBND TỈNH KON TUM", "BAN CHỈ ĐẠO XÂY DỰNG", "PHONG TRÀO TOÀN DÂN"], "Ban chỉ đạo xây dựng phong trào toàn dân tỉnh Kon Tum"),
        (["BAN THƯỜNG TRỰC ỦY BAN", "MTTQ", "VIỆT NAM HUYỆN CHƯ SÊ"], "Ban Thường trực Ủy ban Mặt trận Tổ quốc Việt Nam huyện Chư Sê"),
        (["UBND TỈNH KON TUM", "LỰC LƯỢNG THANH NIÊN", "XUNG PHONG"], "Lực lượng Thanh niên xung phong tỉnh Kon Tum"),
        (["CÔNG TY THỦY LỢI SA HUỲNH", "CỤM THỦY NÔNG ĐẮK XƠ"], "Cụm thủy nông Đắk Xơ"),
        (["CỤC THỐNG KÊ TỈNH KON TUM", "CHI CỤC THỐNG KÊ KHU VỰC", "BÌNH NHÂN - LÝ LỤC"], "Chi cục Thống kê khu vực Bình Nhân - Lý Lục"),
    ],
)
def test_a_part_of_a_body_bears_the_body_s_name_or_its_place(block: list[str], name: str) -> None:
    said = name_issuer(block, typed=True)
    assert said is not None
    assert said.name.lower() == name.lower()
