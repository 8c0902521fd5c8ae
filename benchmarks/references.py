"""How fast references are found and related: megabytes of text a second on one core.

    python -m benchmarks.references [--letters N] [--profile]

Letters are made of invented paragraphs as an office writes them (a lead, tasks with terms, grounds, much plain text), about 5 kB each,
every one with its own numbers and days, so that no cache answers for another letter.
"""

from __future__ import annotations

import argparse
import cProfile
import pstats
import time
from datetime import date

from models.letter import Header
from pipeline.extract.references import references_of
from pipeline.extract.references.text.body_text import of_text

LEAD = (
    "Thực hiện Quyết định số {a}/QĐ-TTg ngày {d:02d} tháng {m:02d} năm 2020 của Thủ tướng Chính phủ phê duyệt Chương trình chuyển đổi số; "
    "Công văn số {b}/BKHCN-TĐC ngày {d:02d}/{m:02d}/2021 của Bộ Khoa học và Công nghệ về việc triển khai Kế hoạch, "
    "Ủy ban nhân dân tỉnh Nghệ An yêu cầu các sở, ban, ngành triển khai một số nội dung sau:"
)
TASK = (
    "{n}. Giao Sở Thông tin và Truyền thông chủ trì, phối hợp với Sở Tài chính tham mưu bố trí kinh phí theo quy định tại khoản 2 Điều 7 "
    "Nghị định số {c}/2020/NĐ-CP; báo cáo kết quả về Ủy ban nhân dân tỉnh trước ngày {d}/{m}/2021."
)
PLAIN = (
    "Tăng cường công tác tuyên truyền, phổ biến sâu rộng đến cán bộ, công chức, viên chức và Nhân dân; huy động các nguồn lực hợp pháp, "
    "lồng ghép với các chương trình phát triển kinh tế - xã hội khác thuộc thẩm quyền quản lý. Phấn đấu đến năm 2025 đạt 80% chỉ tiêu "
    "đề ra, bảo đảm đồng bộ, hiệu quả, tiết kiệm và đúng quy định của pháp luật hiện hành."
)
TARGET = 0.6


def letter(k: int) -> str:
    """An invented letter, its numbers and days of its own."""
    parts = {"a": 10 + k, "b": 5000 + k, "c": 1 + k % 150, "d": 1 + k % 28, "m": 1 + k % 12}
    tasks = [TASK.format(n=n, **parts | {"c": 1 + (k + n) % 150}) for n in range(1, 5)]
    ground = "Căn cứ Luật Ngân sách nhà nước ngày {d} tháng {m} năm 2015;".format(**parts)
    return "\n".join([ground, LEAD.format(**parts), *tasks, *[PLAIN] * 5])


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--letters", type=int, default=200)
    parser.add_argument("--profile", action="store_true")
    asked = parser.parse_args()
    header = Header(issuer="Ủy ban nhân dân tỉnh Nghệ An", number="1002/UBND-VX", doc_type="CV", date=date(2021, 3, 7))
    texts = [of_text(letter(k)) for k in range(asked.letters + 5)]
    for text in texts[:5]:
        references_of(text, header)  # tables and patterns are built by the first ones
    size = sum(len(t.text.encode()) for t in texts[5:])
    profiler = cProfile.Profile()
    if asked.profile:
        profiler.enable()
    began = time.process_time()
    found = sum(len(references_of(text, header)) for text in texts[5:])
    spent = time.process_time() - began
    if asked.profile:
        profiler.disable()
        pstats.Stats(profiler).sort_stats("cumulative").print_stats(35)
    rate = size / spent / 1e6
    print(f"{asked.letters} letters of {size / asked.letters / 1000:.1f} kB, {found} references: {rate:.2f} MB/s a core (aim: {TARGET})")
    return 0 if rate >= TARGET or asked.profile else 1


if __name__ == "__main__":
    raise SystemExit(main())
