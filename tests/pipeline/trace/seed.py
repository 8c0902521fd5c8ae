"""The seed's three letters as records, by hand from ../shared/seed/expected.jsonl."""

from models.letter import Letter
from models.reference import Assignment
from tests.pipeline.link.by_hand import cites, letter

PM, MOST, NGHE_AN = "Thủ tướng Chính phủ", "Bộ Khoa học và Công nghệ", "Ủy ban nhân dân tỉnh Nghệ An"
RECEIVED = (
    "UBND tỉnh nhận được Công văn số 334/BKHHCN - TĐC, ngày 23 tháng 02 năm 2021 của Bộ Khoa học và Công nghệ …; Công văn số "
    "332/BKHHCN - TĐC, ngày 23 tháng 02 năm 2021 của Bộ Khoa học và Công nghệ … (Pho to gửi kèm theo)"
)
GIVEN = "Giao Sở Khoa học và Công nghệ chủ trì và làm đầu mối … theo chỉ đạo của Bộ Khoa học và Công nghệ tại các văn bản nêu trên."
SIGNED = "Ngày 11 tháng 01 năm 2021, Thủ tướng Chính phủ đã ký Quyết định số 36/QĐ-TTg ban hành Kế hoạch tổng thể nâng cao năng suất"
ISSUED = (
    "Ngày 31 tháng 8 năm 2020, Thủ tướng Chính phủ đã ban hành Quyết định số 1322/QĐ-TTg … hướng dẫn các Bộ, địa phương tổ chức thực hiện"
)

S1 = letter(
    "S1",
    "1002/UBND-VX",
    "2021-03-07",
    NGHE_AN,
    *(
        cites(number, "2021-02-23", MOST, relation, sentence=sentence, doc_type="Công văn")
        for relation, sentence in (("acknowledges", RECEIVED), ("encloses", RECEIVED), ("implements", GIVEN))
        for number in ("334/BKHCN-TĐC", "332/BKHCN-TĐC")
    ),
    subject="triển khai Chương trình, Kế hoạch tổng thể nâng cao năng suất dựa trên nền tảng KHCN và ĐMST, giai đoạn 2021 - 2025",
    to=("Sở Khoa học và Công nghệ tỉnh Nghệ An", "Sở Kế hoạch và Đầu tư tỉnh Nghệ An"),
    capacity=("TL. CHỦ TỊCH", "KT. CHÁNH VĂN PHÒNG", "PHÓ CHÁNH VĂN PHÒNG"),
    assignments=(Assignment(to="Sở Khoa học và Công nghệ tỉnh Nghệ An", role="chủ trì"),),
)
S2 = letter(
    "S2",
    "332/BKHCN-TĐC",
    "2021-02-23",
    MOST,
    cites("36/QĐ-TTg", "2021-01-11", PM, "implements", sentence=SIGNED, doc_type="Quyết định"),
    subject="Triển khai Kế hoạch tổng thể nâng cao năng suất dựa trên nền tảng khoa học, công nghệ và đổi mới sáng tạo giai đoạn 2021-2030",
    to=("Ủy ban Nhân dân các Tỉnh/Thành phố",),
)
S3 = letter(
    "S3",
    "334/BKHCN-TĐC",
    "2021-02-23",
    MOST,
    cites("1322/QĐ-TTg", "2020-08-31", PM, "guides", sentence=ISSUED, doc_type="Quyết định"),
    cites("1322/QĐ-TTg", "2020-08-31", PM, "based_on", doc_type="Quyết định"),
    cites("39/2018/NĐ-CP", "2018-03-11", "Chính phủ", "mentions", doc_type="Nghị định"),
    subject="triển khai Chương trình quốc gia Nâng suất Chất lượng tại các Bộ, địa phương",
    to=("Các Bộ, cơ quan ngang Bộ, cơ quan thuộc Chính phủ", "Ủy ban nhân dân các tỉnh, thành phố trực thuộc Trung ương"),
)
SEED: dict[str, Letter] = {"S1": S1, "S2": S2, "S3": S3}
