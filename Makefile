# Two commands on a bare Debian 12 with Python 3.11, make, and root or sudo: `make run` and `make test`.
.PHONY: run desk desk-pictures test test-desk test-wheel lint bench faults fuzz train-digits train-lines fit-doubt fit-letters train-roles ready help
.DEFAULT_GOAL := help
export PYTHONUTF8 := 1
export OMP_THREAD_LIMIT := 1

BIN := .venv/bin

help:
	@echo "make run    cài đặt, nhập samples/letters, xem sổ, tìm và lần vết / set up, take the samples in, show what the archive answers"
	@echo "make desk   cài đặt, nhập samples/letters, mở bàn làm việc trong trình duyệt / set up, take the samples in, open the desk in a browser"
	@echo "make test   cài đặt, kiểm tra mã và chạy thử / set up, lint, types, import contract, tests"
	@echo "make faults gây từng sự cố (mất điện, đầy đĩa, kill -9 …), đếm mất và trùng / inject every fault, count what is lost or doubled"
	@echo "make fuzz   ném hơn 20.000 tệp và đoạn chữ hỏng vào bộ đọc (vài phút) / throw over 20,000 spoilt files and texts at the reader (minutes)"
	@echo "make test-desk  thử bàn làm việc bằng Chromium của Debian / try the desk in Debian's Chromium"
	@echo "make test-wheel thử lệnh do pip install . tạo ra, ngoài thư mục mã nguồn / try what pip install . gives, outside the checkout"
	@echo "make desk-pictures  chụp lại hình trong docs/ từ các văn bản mẫu / take the pictures of docs/ again, from the samples"
	@echo "make bench  đo độ chính xác, ghi benchmarks/RESULTS.md / measure, write benchmarks/RESULTS.md"
	@echo "make train-digits  huấn luyện lại bộ đọc số viết tay (vài giờ, một lõi) / train the reader of handwritten digits again (hours, one core)"
	@echo "make train-lines  huấn luyện tiếp bộ đọc dòng chữ in (nhiều giờ; dừng lúc nào cũng được) / train the reader of printed lines further (hours; may be stopped at any time)"
	@echo "make train-roles  huấn luyện lại bộ đoán vai của từng dòng (vài phút; KEPT=thư mục trang đã đọc) / train what takes lines for their roles again (minutes; KEPT=folders of pages read before)"
	@echo "make fit-doubt  tính lại xác suất đúng của từng mục (một phút; KEPT=thư mục trang đã đọc, BESIDE=thư mục thư đã gán nhãn) / fit anew the chance that a field is right (a minute; KEPT=folders of pages read before, BESIDE=of further labelled letters)"
	@echo "make fit-letters  tính lại dấu hiệu của một công văn (KEPT=thư mục trang đã đọc) / fit anew what makes a sheet a letter (KEPT=folders of pages read before)"

ready:
	@bash setup/install.sh

run: ready
	@bash setup/tour.sh

desk: ready
	@CONGVAN_ARCHIVE="$${CONGVAN_ARCHIVE:-.work/archive}" bash -c '$(BIN)/congvan init --office "Ủy ban nhân dân tỉnh Nghệ An" >/dev/null && $(BIN)/congvan ingest samples/letters && exec $(BIN)/congvan serve $(if $(PORT),--port $(PORT))'

test-desk: ready
	@bash setup/browser.sh
	CONGVAN_BROWSER=1 $(BIN)/pytest -m browser -rs tests/pipeline/desk

test-wheel: ready
	@bash setup/try_wheel.sh

desk-pictures: ready
	@bash setup/browser.sh
	$(BIN)/python -m tests.pipeline.desk.pictures

lint: ready
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

# a worker a core; each begins with a stretch of the tests and takes from another's when it is through: folders' fixtures stay together
test: lint
	$(BIN)/pytest -n auto --maxprocesses 8 --dist worksteal -rs

bench: ready
	$(BIN)/python -m benchmarks.accuracy
	-$(BIN)/python -m benchmarks.references
	-$(BIN)/python -m benchmarks.trace

train-digits:
	@bash training/prepare.sh
	OMP_NUM_THREADS=1 .venv-train/bin/python -m training.digits.train --name digits --seed 7 --drawn 7
	OMP_NUM_THREADS=1 .venv-train/bin/python -m training.digits.train --name digits-2 --seed 11 --drawn 11
	OMP_NUM_THREADS=1 .venv-train/bin/python -m training.digits.calibrate

train-lines:
	@bash training/prepare.sh
	CONGVAN_FONTS="$${CONGVAN_FONTS:-.work/faces}" OMP_NUM_THREADS=1 .venv-train/bin/python -m training.lines.train --work .work/lines

fit-letters: ready
	OMP_NUM_THREADS=1 $(BIN)/python -m training.foreign $(if $(KEPT),--kept $(KEPT))

train-roles:
	@bash training/prepare.sh
	OMP_NUM_THREADS=1 .venv-train/bin/python -m training.roles $(if $(KEPT),--kept $(KEPT))

fit-doubt: ready
	OMP_NUM_THREADS=1 $(BIN)/python -m training.doubt $(if $(KEPT),--kept $(KEPT)) $(if $(BESIDE),--beside $(BESIDE)) $(if $(TARGET),--target $(TARGET))

faults: ready
	$(BIN)/python -m tests.faults

fuzz: ready
	$(BIN)/python -m fuzz
