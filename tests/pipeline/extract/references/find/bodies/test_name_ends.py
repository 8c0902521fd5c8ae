"""Where the name of a body ends that no table knows: the form is named in each row."""

from __future__ import annotations

import pytest

from pipeline.extract.references.find.bodies import issuers
from pipeline.extract.references.text.folding import fold


@pytest.mark.parametrize(
    ("form", "text", "name"),
    [
        ("a verb behind a proper name", "Công ty Tân Phước kiến nghị miễn tiền thuê đất", "Công ty Tân Phước"),
        ("a word that no table knows behind a proper name", "Trường THCS Hòa Lạc thuyên chuyển giáo viên", "Trường THCS Hòa Lạc"),
        ("a verb within a compound", "Công ty cổ phần Thiết bị Trường Sơn về việc nộp phí", "Công ty cổ phần Thiết bị Trường Sơn"),
        ("the same in small letters", "Ban Quản lý các công trình thủy lợi Sông Trà", "Ban Quản lý các công trình thủy lợi Sông Trà"),
        ("a deed that names the body", "Hội đồng thẩm định giá đất tại Báo cáo", "Hội đồng thẩm định giá đất"),
        ("a deed, and what is dealt with", "Hội đồng xét điều động giáo viên huyện, các đơn vị", "Hội đồng xét điều động giáo viên huyện"),
        ("a deed behind a deed", "Hội đồng tư vấn thẩm định quy hoạch huyện, các", "Hội đồng tư vấn thẩm định quy hoạch huyện"),
        ("a deed behind another body", "Phòng Tài nguyên và Môi trường thẩm định hồ sơ", "Phòng Tài nguyên và Môi trường"),
        ("a school's number", "Trường Tiểu học số 3 Bình Minh tiếp nhận", "Trường Tiểu học số 3 Bình Minh"),
        ("no number of its own", "Trung tâm Y tế số 12/TTYT ngày", "Trung tâm Y tế"),
        ("figures in words", "Trung tâm Chuyển đổi số thành phố Hà Nội", "Trung tâm Chuyển đổi số thành phố Hà Nội"),
        ("a unit of a body", "Phòng Cảnh sát hình sự Công an tỉnh Hà Giang nêu", "Phòng Cảnh sát hình sự Công an tỉnh Hà Giang"),
        ("a head noun within", "Hội đồng trường Trường Cao đẳng Sông Đà ban", "Hội đồng trường Trường Cao đẳng Sông Đà"),
        ("two words joined by a mark", "Phòng Công tác học sinh, sinh viên về việc", "Phòng Công tác học sinh, sinh viên"),
        ("the next body of a list", "Trung tâm Y tế Bắc Sơn, Trung tâm Y tế Lộc Hà", "Trung tâm Y tế Bắc Sơn"),
        ("the next body behind và", "Công ty Hoàng Gia và Công ty Minh Phát", "Công ty Hoàng Gia"),
        ("bodies that act as one", "Liên danh Công ty Hoàng Gia và Công ty An Phú nộp", "Liên danh Công ty Hoàng Gia và Công ty An Phú"),
        ("the next document", "Tổ chuyên gia đấu thầu và Tờ trình của Sở", "Tổ chuyên gia đấu thầu"),
        ("the next document, with its number", "Ban Chấp hành Đảng bộ huyện Kế hoạch số 3", "Ban Chấp hành Đảng bộ huyện"),
        ("members of it", "Hội Bảo trợ Nạn nhân của Chất độc da cam Việt Nam", "Hội Bảo trợ Nạn nhân của Chất độc da cam Việt Nam"),
        ("whose it is", "Trung tâm Kiểm định của tỉnh", "Trung tâm Kiểm định"),
        ("what it is about", "Ban Chỉ đạo Quốc gia về phòng, chống thiên tai tại đó", "Ban Chỉ đạo Quốc gia về phòng, chống thiên tai"),
        ("what the document is about", "Trung tâm Dịch vụ đô thị về trật tự vỉa hè", "Trung tâm Dịch vụ đô thị"),
        ("an abbreviation that is written out", "Ban QLDA ĐTXD Quỳ Châu", "Ban Quản lý dự án Đầu tư xây dựng Quỳ Châu"),
        ("the head of a part", "Trưởng phòng Tư pháp huyện Tân Kỳ về", "Phòng Tư pháp huyện Tân Kỳ"),
        ("a commander", "Tư lệnh Quân khu 5 giao", "Quân khu 5"),
        ("a name in quotation marks", "Quỹ “Vì biển đảo” thành phố Huế chi", "Quỹ “Vì biển đảo” thành phố Huế"),
        ("initials", "Công ty Kiểm toán T.D.K. Sau đó", "Công ty Kiểm toán T.D.K"),
        ("a committee of the Party in a body", "Ban Thường vụ Đảng ủy Công ty Phú Mỹ", "Ban Thường vụ Đảng ủy Công ty Phú Mỹ"),
        ("a court of several provinces", "Tòa án nhân dân cấp cao tại Đà Nẵng tuyên", "Tòa án nhân dân cấp cao tại Đà Nẵng"),
        ("a pagoda, which is one before a capital", "Chùa Long Khánh xin", "Chùa Long Khánh"),
        ("a meeting of a company", "Đại hội đồng cổ đông Công ty Phú Mỹ thông qua", "Đại hội đồng cổ đông Công ty Phú Mỹ"),
        ("a branch of what has no head noun", "Vietbank Chi nhánh Kon Tum báo", "Vietbank Chi nhánh Kon Tum"),
        ("one office of two", "Văn phòng HĐND và UBND huyện Tân Kỳ, Sở", "Văn phòng Hội đồng nhân dân và Ủy ban nhân dân huyện Tân Kỳ"),
        (
            "two things, and the place",
            "Trung tâm Kiểm nghiệm Thuốc, Mỹ phẩm tỉnh Hà Nam báo",
            "Trung tâm Kiểm nghiệm Thuốc, Mỹ phẩm tỉnh Hà Nam",
        ),
        ("a level alone, of the Party", "Ban Thường vụ Đảng ủy phường, các", "Đảng ủy phường"),
        ("a level alone, of a court", "Viện kiểm sát nhân dân huyện, các", "Viện kiểm sát nhân dân huyện"),
        ("a place without its level", "Kho bạc Nhà nước Sông Trà chi", "Kho bạc Nhà nước Sông Trà"),
        ("a type that no table knows", "Đoàn kiểm tra liên ngành và Phiếu lý lịch số 7/LL", "Đoàn kiểm tra liên ngành"),
        ("letters without marks", "Cong ty Hoang Gia tai Cong van", "Cong ty Hoang Gia"),
        ("no head noun: other marks", "Bổ sung kinh phí", None),
        ("no head noun: a report", "Báo cáo thẩm định", None),
    ],
)
def test_a_name_ends(form: str, text: str, name: str | None) -> None:
    found = issuers.read(text, fold(text), 0)
    assert (found.name if found else None) == name, form
