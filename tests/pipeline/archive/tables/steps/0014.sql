CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO alembic_version (version_num) VALUES ('0014');
CREATE TABLE settings (
	"key" TEXT NOT NULL, 
	value TEXT NOT NULL, 
	PRIMARY KEY ("key")
);
INSERT INTO settings (key, value) VALUES ('columns.all', '1');
INSERT INTO settings (key, value) VALUES ('office', 'Ủy ban nhân dân tỉnh Nghệ An');
INSERT INTO settings (key, value) VALUES ('clock.seen', '2026-11-29T21:29:25+00:00');
INSERT INTO settings (key, value) VALUES ('history.head', '9 09494c1cc56b3562f9d2b0794329285c07a20e3b233d7140f53a04fc42e333a9');
CREATE TABLE ledger (
	id INTEGER NOT NULL, 
	path TEXT NOT NULL, 
	sha256 TEXT DEFAULT '' NOT NULL, 
	size INTEGER, 
	mtime_ns INTEGER, 
	state TEXT NOT NULL, 
	cause TEXT, 
	reason TEXT, 
	reason_en TEXT, 
	exit_code INTEGER DEFAULT '0' NOT NULL, 
	letters INTEGER DEFAULT '0' NOT NULL, 
	pages INTEGER DEFAULT '0' NOT NULL, 
	holder TEXT, 
	at TEXT NOT NULL, inode INTEGER, ctime_ns INTEGER, harmed INTEGER DEFAULT '0' NOT NULL, 
	PRIMARY KEY (id), 
	CONSTRAINT ledger_path_sha256 UNIQUE (path, sha256)
);
INSERT INTO ledger (id, path, sha256, size, mtime_ns, state, cause, reason, reason_en, exit_code, letters, pages, holder, at, inode, ctime_ns, harmed) VALUES (1, '/in/01.pdf', 'c8e0d8de2c7f91f8a5ab82753c537535b7d9d2275e50fbc56d23ac5a64b6ce5f', 368, 1795987765571801875, 'stored', NULL, NULL, NULL, 0, 1, 1, NULL, '2026-11-29T21:29:25+00:00', 3227861, 1795987765571801875, 0);
INSERT INTO ledger (id, path, sha256, size, mtime_ns, state, cause, reason, reason_en, exit_code, letters, pages, holder, at, inode, ctime_ns, harmed) VALUES (2, '/in/02.pdf', '7430ea2ff18eea13bb58dece00263a3d26c9adb65c2644a6b80962dfdcb2eb83', 526, 1795987765571877891, 'stored', NULL, NULL, NULL, 0, 1, 2, NULL, '2026-11-29T21:29:25+00:00', 3227894, 1795987765571877891, 0);
INSERT INTO ledger (id, path, sha256, size, mtime_ns, state, cause, reason, reason_en, exit_code, letters, pages, holder, at, inode, ctime_ns, harmed) VALUES (3, '/in/03.pdf', '8237cb09b06899a382fba9ad1dce32c6d32ff690d21f037c58eb44ea742d0ad8', 382, 1795987765571920997, 'stored', NULL, NULL, NULL, 0, 1, 1, NULL, '2026-11-29T21:29:25+00:00', 3227913, 1795987765571920997, 0);
INSERT INTO ledger (id, path, sha256, size, mtime_ns, state, cause, reason, reason_en, exit_code, letters, pages, holder, at, inode, ctime_ns, harmed) VALUES (4, '/in/04.pdf', 'd8037bfbde23f1a0804efa34c7b58dcc0fd51204d3871c3343ed2673b19bb6c6', 529, 1795987765571956177, 'stored', NULL, NULL, NULL, 0, 1, 1, NULL, '2026-11-29T21:29:25+00:00', 3227914, 1795987765571956177, 0);
INSERT INTO ledger (id, path, sha256, size, mtime_ns, state, cause, reason, reason_en, exit_code, letters, pages, holder, at, inode, ctime_ns, harmed) VALUES (5, '/in/05.pdf', 'ffe058b3c9817ddcbbeece6693a59fe58305f99d956d497ccfc7f2f076a3c74e', 400, 1795987765571990659, 'stored', NULL, NULL, NULL, 0, 1, 1, NULL, '2026-11-29T21:29:26+00:00', 3227915, 1795987765571990659, 0);
INSERT INTO ledger (id, path, sha256, size, mtime_ns, state, cause, reason, reason_en, exit_code, letters, pages, holder, at, inode, ctime_ns, harmed) VALUES (6, '/in/06.pdf', 'fd53461428114793336b71cd1104206608fe542d52dd8744cc314de2b4f9d6ea', 249, 1795987765572022996, 'quarantined', NULL, NULL, NULL, 0, 1, 1, NULL, '2026-11-29T21:29:26+00:00', 3227916, 1795987765572022996, 0);
INSERT INTO ledger (id, path, sha256, size, mtime_ns, state, cause, reason, reason_en, exit_code, letters, pages, holder, at, inode, ctime_ns, harmed) VALUES (7, '/in/07.pdf', 'adda0372b651be03691823f2a391292472a8b552b9e64f50de983a2355011d6f', 526, 1795987765572051358, 'stored', NULL, NULL, NULL, 0, 1, 2, NULL, '2026-11-29T21:29:26+00:00', 3227917, 1795987765572051358, 0);
CREATE TABLE originals (
	sha256 TEXT NOT NULL, 
	file TEXT NOT NULL, 
	size INTEGER NOT NULL, 
	kept_at TEXT NOT NULL, 
	PRIMARY KEY (sha256)
);
INSERT INTO originals (sha256, file, size, kept_at) VALUES ('c8e0d8de2c7f91f8a5ab82753c537535b7d9d2275e50fbc56d23ac5a64b6ce5f', 'originals/c8/e0d8de2c7f91f8a5ab82753c537535b7d9d2275e50fbc56d23ac5a64b6ce5f.pdf', 368, '2026-11-29T21:29:25+00:00');
INSERT INTO originals (sha256, file, size, kept_at) VALUES ('7430ea2ff18eea13bb58dece00263a3d26c9adb65c2644a6b80962dfdcb2eb83', 'originals/74/30ea2ff18eea13bb58dece00263a3d26c9adb65c2644a6b80962dfdcb2eb83.pdf', 526, '2026-11-29T21:29:25+00:00');
INSERT INTO originals (sha256, file, size, kept_at) VALUES ('8237cb09b06899a382fba9ad1dce32c6d32ff690d21f037c58eb44ea742d0ad8', 'originals/82/37cb09b06899a382fba9ad1dce32c6d32ff690d21f037c58eb44ea742d0ad8.pdf', 382, '2026-11-29T21:29:25+00:00');
INSERT INTO originals (sha256, file, size, kept_at) VALUES ('d8037bfbde23f1a0804efa34c7b58dcc0fd51204d3871c3343ed2673b19bb6c6', 'originals/d8/037bfbde23f1a0804efa34c7b58dcc0fd51204d3871c3343ed2673b19bb6c6.pdf', 529, '2026-11-29T21:29:25+00:00');
INSERT INTO originals (sha256, file, size, kept_at) VALUES ('ffe058b3c9817ddcbbeece6693a59fe58305f99d956d497ccfc7f2f076a3c74e', 'originals/ff/e058b3c9817ddcbbeece6693a59fe58305f99d956d497ccfc7f2f076a3c74e.pdf', 400, '2026-11-29T21:29:26+00:00');
INSERT INTO originals (sha256, file, size, kept_at) VALUES ('adda0372b651be03691823f2a391292472a8b552b9e64f50de983a2355011d6f', 'originals/ad/da0372b651be03691823f2a391292472a8b552b9e64f50de983a2355011d6f.pdf', 526, '2026-11-29T21:29:26+00:00');
CREATE TABLE letters (
	no INTEGER NOT NULL, 
	id TEXT NOT NULL, 
	sha256 TEXT NOT NULL, 
	ledger_id INTEGER, 
	first_page INTEGER NOT NULL, 
	number TEXT, 
	number_key TEXT, 
	number_code TEXT, 
	serial INTEGER, 
	issuer TEXT, 
	date TEXT, 
	doc_type TEXT, 
	subject TEXT, 
	province TEXT, 
	secrecy TEXT, 
	quarantined BOOLEAN DEFAULT '0' NOT NULL, 
	copy_of TEXT, 
	inferred_number TEXT, 
	inferred_date TEXT, 
	inferred_key TEXT, 
	review INTEGER DEFAULT '0' NOT NULL, 
	arrived_on TEXT, 
	arrival_number TEXT, 
	arrival_serial INTEGER, 
	arrival_source TEXT, 
	stored_at TEXT NOT NULL, 
	parsed TEXT NOT NULL, 
	record TEXT NOT NULL, seal TEXT DEFAULT '' NOT NULL, urgency TEXT, form INTEGER DEFAULT '0' NOT NULL, came_on TEXT DEFAULT '' NOT NULL, archive_number TEXT, keeps BOOLEAN DEFAULT '0' NOT NULL, 
	PRIMARY KEY (no), 
	UNIQUE (id), 
	FOREIGN KEY(ledger_id) REFERENCES ledger (id)
);
INSERT INTO letters (no, id, sha256, ledger_id, first_page, number, number_key, number_code, serial, issuer, date, doc_type, subject, province, secrecy, quarantined, copy_of, inferred_number, inferred_date, inferred_key, review, arrived_on, arrival_number, arrival_serial, arrival_source, stored_at, parsed, record, seal, urgency, form, came_on, archive_number, keeps) VALUES (1, 'c8e0d8de2c7f91f8a5ab-1', 'c8e0d8de2c7f91f8a5ab82753c537535b7d9d2275e50fbc56d23ac5a64b6ce5f', 1, 1, '36/QĐ-TTg', '36||QDTTG', '36QDTTG', 36, 'Thủ tướng Chính phủ', '2021-01-11', 'QĐ', 'Kế hoạch tổng thể nâng cao năng suất', NULL, NULL, 0, NULL, NULL, NULL, NULL, 0, NULL, NULL, NULL, NULL, '2026-11-29T21:29:25+00:00', '{"id":"c8e0d8de2c7f91f8a5ab-1","copy_of":null,"source":{"file":"01.pdf","sha256":"c8e0d8de2c7f91f8a5ab82753c537535b7d9d2275e50fbc56d23ac5a64b6ce5f","pages":[1,1],"kind":"digital","annex_pages":null,"carries":[],"turned":[]},"header":{"issuer":"Thủ tướng Chính phủ","issuer_parent":null,"number":"36/QĐ-TTg","doc_type":"QĐ","place":null,"date":"2021-01-11","subject":"Kế hoạch tổng thể nâng cao năng suất","recipients":["Ủy ban nhân dân các tỉnh, thành phố trực thuộc Trung ương"],"copies":[],"signer":{"name":null,"title":null,"capacity":[]},"directing_authority":null,"urgency":null,"secrecy":null,"arrival":null},"evidence":{},"review":[],"references":[],"deadlines":[],"assignments":[],"reminders":[],"obligations":[],"instructs":false,"effect":null,"signatures":[]}', '{"id":"c8e0d8de2c7f91f8a5ab-1","copy_of":null,"source":{"file":"01.pdf","sha256":"c8e0d8de2c7f91f8a5ab82753c537535b7d9d2275e50fbc56d23ac5a64b6ce5f","pages":[1,1],"kind":"digital","annex_pages":null,"carries":[],"turned":[]},"header":{"issuer":"Thủ tướng Chính phủ","issuer_parent":null,"number":"36/QĐ-TTg","doc_type":"QĐ","place":null,"date":"2021-01-11","subject":"Kế hoạch tổng thể nâng cao năng suất","recipients":["Ủy ban nhân dân các tỉnh, thành phố trực thuộc Trung ương"],"copies":[],"signer":{"name":null,"title":null,"capacity":[]},"directing_authority":null,"urgency":null,"secrecy":null,"arrival":null},"evidence":{},"review":[],"references":[],"deadlines":[],"assignments":[],"reminders":[],"obligations":[],"instructs":false,"effect":null,"signatures":[]}', 'd20b4c9276db36a41f19ff7ee19f30019963ef84f9e6282014d6e3c59abec31a', NULL, 2, '2026-11-29', NULL, 0);
INSERT INTO letters (no, id, sha256, ledger_id, first_page, number, number_key, number_code, serial, issuer, date, doc_type, subject, province, secrecy, quarantined, copy_of, inferred_number, inferred_date, inferred_key, review, arrived_on, arrival_number, arrival_serial, arrival_source, stored_at, parsed, record, seal, urgency, form, came_on, archive_number, keeps) VALUES (2, '7430ea2ff18eea13bb58-1', '7430ea2ff18eea13bb58dece00263a3d26c9adb65c2644a6b80962dfdcb2eb83', 2, 1, '12/KH-UBND', '12||KHUBND', '12KHUBND', 12, 'Ủy ban nhân dân tỉnh Nghệ An', '2021-03-05', 'KH', 'Kế hoạch nâng cao năng suất', 'Nghệ An', NULL, 0, NULL, NULL, NULL, NULL, 0, NULL, NULL, NULL, NULL, '2026-11-29T21:29:25+00:00', '{"id":"7430ea2ff18eea13bb58-1","copy_of":null,"source":{"file":"02.pdf","sha256":"7430ea2ff18eea13bb58dece00263a3d26c9adb65c2644a6b80962dfdcb2eb83","pages":[1,2],"kind":"digital","annex_pages":null,"carries":[],"turned":[]},"header":{"issuer":"Ủy ban nhân dân tỉnh Nghệ An","issuer_parent":null,"number":"12/KH-UBND","doc_type":"KH","place":null,"date":"2021-03-05","subject":"Kế hoạch nâng cao năng suất","recipients":[],"copies":[],"signer":{"name":null,"title":null,"capacity":[]},"directing_authority":null,"urgency":null,"secrecy":null,"arrival":null},"evidence":{},"review":[],"references":[{"id":"r1","start":null,"end":null,"boxes":[],"polarity":"affirmed","agent":"self","scope":"whole","number":"36/QĐ-TTg","date":"2021-01-11","issuer":"Thủ tướng Chính phủ","doc_type":null,"relation":"implements","text":"văn bản số 36/QĐ-TTg","sentence":"Theo 36/QĐ-TTg.","within":null,"pinpoint":null,"page":1,"confidence":1.0,"target":null,"candidates":[],"settled":false,"repairs":[]}],"deadlines":[],"assignments":[],"reminders":[],"obligations":[],"instructs":false,"effect":null,"signatures":[]}', '{"id":"7430ea2ff18eea13bb58-1","copy_of":null,"source":{"file":"02.pdf","sha256":"7430ea2ff18eea13bb58dece00263a3d26c9adb65c2644a6b80962dfdcb2eb83","pages":[1,2],"kind":"digital","annex_pages":null,"carries":[],"turned":[]},"header":{"issuer":"Ủy ban nhân dân tỉnh Nghệ An","issuer_parent":null,"number":"12/KH-UBND","doc_type":"KH","place":null,"date":"2021-03-05","subject":"Kế hoạch nâng cao năng suất","recipients":[],"copies":[],"signer":{"name":null,"title":null,"capacity":[]},"directing_authority":null,"urgency":null,"secrecy":null,"arrival":null},"evidence":{},"review":[],"references":[{"id":"r1","start":null,"end":null,"boxes":[],"polarity":"affirmed","agent":"self","scope":"whole","number":"36/QĐ-TTg","date":"2021-01-11","issuer":"Thủ tướng Chính phủ","doc_type":null,"relation":"implements","text":"văn bản số 36/QĐ-TTg","sentence":"Theo 36/QĐ-TTg.","within":null,"pinpoint":null,"page":1,"confidence":1.0,"target":"c8e0d8de2c7f91f8a5ab-1","candidates":[],"settled":false,"repairs":[]}],"deadlines":[],"assignments":[],"reminders":[],"obligations":[],"instructs":false,"effect":null,"signatures":[]}', 'b2a217dca6f06d4cfe1258a97a3727bd64fbe0dd67ffe837a1bba182d51fff5c', NULL, 2, '2026-11-29', NULL, 0);
INSERT INTO letters (no, id, sha256, ledger_id, first_page, number, number_key, number_code, serial, issuer, date, doc_type, subject, province, secrecy, quarantined, copy_of, inferred_number, inferred_date, inferred_key, review, arrived_on, arrival_number, arrival_serial, arrival_source, stored_at, parsed, record, seal, urgency, form, came_on, archive_number, keeps) VALUES (3, '8237cb09b06899a382fb-1', '8237cb09b06899a382fba9ad1dce32c6d32ff690d21f037c58eb44ea742d0ad8', 3, 1, NULL, NULL, NULL, NULL, 'Bộ Khoa học và Công nghệ', '2021-02-01', 'CV', 'triển khai nhiệm vụ về tiêu chuẩn đo lường chất lượng năm 2021', NULL, NULL, 0, NULL, '332/BKHCN-TĐC', '2021-02-01', '332||BKHCNTDC', 1, NULL, NULL, NULL, NULL, '2026-11-29T21:29:25+00:00', '{"id":"8237cb09b06899a382fb-1","copy_of":null,"source":{"file":"03.pdf","sha256":"8237cb09b06899a382fba9ad1dce32c6d32ff690d21f037c58eb44ea742d0ad8","pages":[1,1],"kind":"digital","annex_pages":null,"carries":[],"turned":[]},"header":{"issuer":"Bộ Khoa học và Công nghệ","issuer_parent":null,"number":null,"doc_type":"CV","place":null,"date":"2021-02-01","subject":"triển khai nhiệm vụ về tiêu chuẩn đo lường chất lượng năm 2021","recipients":["Ủy ban nhân dân tỉnh Nghệ An"],"copies":[],"signer":{"name":null,"title":null,"capacity":[]},"directing_authority":null,"urgency":null,"secrecy":null,"arrival":null},"evidence":{},"review":["number"],"references":[],"deadlines":[],"assignments":[],"reminders":[],"obligations":[],"instructs":true,"effect":null,"signatures":[]}', '{"id":"8237cb09b06899a382fb-1","copy_of":null,"source":{"file":"03.pdf","sha256":"8237cb09b06899a382fba9ad1dce32c6d32ff690d21f037c58eb44ea742d0ad8","pages":[1,1],"kind":"digital","annex_pages":null,"carries":[],"turned":[]},"header":{"issuer":"Bộ Khoa học và Công nghệ","issuer_parent":null,"number":null,"doc_type":"CV","place":null,"date":"2021-02-01","subject":"triển khai nhiệm vụ về tiêu chuẩn đo lường chất lượng năm 2021","recipients":["Ủy ban nhân dân tỉnh Nghệ An"],"copies":[],"signer":{"name":null,"title":null,"capacity":[]},"directing_authority":null,"urgency":null,"secrecy":null,"arrival":null},"evidence":{},"review":["number"],"references":[],"deadlines":[],"assignments":[],"reminders":[],"obligations":[],"instructs":true,"effect":null,"signatures":[]}', '6a09c94a6dad9006f4cb786f72e976a2dcbb5a551397313d5ea176f2e12076ed', NULL, 2, '2026-11-29', NULL, 0);
INSERT INTO letters (no, id, sha256, ledger_id, first_page, number, number_key, number_code, serial, issuer, date, doc_type, subject, province, secrecy, quarantined, copy_of, inferred_number, inferred_date, inferred_key, review, arrived_on, arrival_number, arrival_serial, arrival_source, stored_at, parsed, record, seal, urgency, form, came_on, archive_number, keeps) VALUES (4, 'd8037bfbde23f1a0804e-1', 'd8037bfbde23f1a0804efa34c7b58dcc0fd51204d3871c3343ed2673b19bb6c6', 4, 1, '700/UBND-VX', '700||UBNDVX', '700UBNDVX', 700, 'Ủy ban nhân dân tỉnh Nghệ An', '2021-03-20', 'CV', 'báo cáo kết quả thực hiện nhiệm vụ', 'Nghệ An', NULL, 0, NULL, NULL, NULL, NULL, 0, NULL, NULL, NULL, NULL, '2026-11-29T21:29:25+00:00', '{"id":"d8037bfbde23f1a0804e-1","copy_of":null,"source":{"file":"04.pdf","sha256":"d8037bfbde23f1a0804efa34c7b58dcc0fd51204d3871c3343ed2673b19bb6c6","pages":[1,1],"kind":"digital","annex_pages":null,"carries":[],"turned":[]},"header":{"issuer":"Ủy ban nhân dân tỉnh Nghệ An","issuer_parent":null,"number":"700/UBND-VX","doc_type":"CV","place":null,"date":"2021-03-20","subject":"báo cáo kết quả","recipients":[],"copies":[],"signer":{"name":null,"title":null,"capacity":[]},"directing_authority":null,"urgency":null,"secrecy":null,"arrival":null},"evidence":{},"review":[],"references":[{"id":"r1","start":null,"end":null,"boxes":[],"polarity":"affirmed","agent":"self","scope":"whole","number":"332/BKHCN-TĐC","date":"2021-02-01","issuer":"Bộ Khoa học và Công nghệ","doc_type":null,"relation":"responds_to","text":"văn bản số 332/BKHCN-TĐC","sentence":"Thực hiện Công văn số 332/BKHCN-TĐC về việc triển khai nhiệm vụ về tiêu chuẩn đo lường chất lượng năm 2021.","within":null,"pinpoint":null,"page":1,"confidence":1.0,"target":null,"candidates":[],"settled":false,"repairs":[]}],"deadlines":[],"assignments":[],"reminders":[],"obligations":[],"instructs":false,"effect":null,"signatures":[]}', '{"id":"d8037bfbde23f1a0804e-1","copy_of":null,"source":{"file":"04.pdf","sha256":"d8037bfbde23f1a0804efa34c7b58dcc0fd51204d3871c3343ed2673b19bb6c6","pages":[1,1],"kind":"digital","annex_pages":null,"carries":[],"turned":[]},"header":{"issuer":"Ủy ban nhân dân tỉnh Nghệ An","issuer_parent":null,"number":"700/UBND-VX","doc_type":"CV","place":null,"date":"2021-03-20","subject":"báo cáo kết quả thực hiện nhiệm vụ","recipients":[],"copies":[],"signer":{"name":null,"title":null,"capacity":[]},"directing_authority":null,"urgency":null,"secrecy":null,"arrival":null},"evidence":{},"review":[],"references":[{"id":"r1","start":null,"end":null,"boxes":[],"polarity":"affirmed","agent":"self","scope":"whole","number":"332/BKHCN-TĐC","date":"2021-02-01","issuer":"Bộ Khoa học và Công nghệ","doc_type":null,"relation":"responds_to","text":"văn bản số 332/BKHCN-TĐC","sentence":"Thực hiện Công văn số 332/BKHCN-TĐC về việc triển khai nhiệm vụ về tiêu chuẩn đo lường chất lượng năm 2021.","within":null,"pinpoint":null,"page":1,"confidence":1.0,"target":"8237cb09b06899a382fb-1","candidates":[],"settled":false,"repairs":[]}],"deadlines":[],"assignments":[],"reminders":[],"obligations":[],"instructs":false,"effect":null,"signatures":[]}', 'd68a8eee1ff02bf0e3a73cc56dfb42797680950dce19ab298b4e5488f04f59ca', NULL, 2, '2026-11-29', NULL, 0);
INSERT INTO letters (no, id, sha256, ledger_id, first_page, number, number_key, number_code, serial, issuer, date, doc_type, subject, province, secrecy, quarantined, copy_of, inferred_number, inferred_date, inferred_key, review, arrived_on, arrival_number, arrival_serial, arrival_source, stored_at, parsed, record, seal, urgency, form, came_on, archive_number, keeps) VALUES (5, 'ffe058b3c9817ddcbbee-1', 'ffe058b3c9817ddcbbeece6693a59fe58305f99d956d497ccfc7f2f076a3c74e', 5, 1, '701/UBND-VX', '701||UBNDVX', '701UBNDVX', 701, 'Ủy ban nhân dân tỉnh Nghệ An', '2021-03-21', 'CV', 'đôn đốc các sở', 'Nghệ An', NULL, 0, NULL, NULL, NULL, NULL, 0, NULL, NULL, NULL, NULL, '2026-11-29T21:29:26+00:00', '{"id":"ffe058b3c9817ddcbbee-1","copy_of":null,"source":{"file":"05.pdf","sha256":"ffe058b3c9817ddcbbeece6693a59fe58305f99d956d497ccfc7f2f076a3c74e","pages":[1,1],"kind":"digital","annex_pages":null,"carries":[],"turned":[]},"header":{"issuer":"Ủy ban nhân dân tỉnh Nghệ An","issuer_parent":null,"number":"701/UBND-VX","doc_type":"CV","place":null,"date":"2021-03-21","subject":"đôn đốc các sở","recipients":[],"copies":[],"signer":{"name":null,"title":null,"capacity":[]},"directing_authority":null,"urgency":null,"secrecy":null,"arrival":null},"evidence":{},"review":[],"references":[{"id":"r1","start":null,"end":null,"boxes":[],"polarity":"affirmed","agent":"self","scope":"whole","number":"332/BKHCN-TĐC","date":null,"issuer":"Bộ Khoa học và Công nghệ","doc_type":null,"relation":"implements","text":"văn bản số 332/BKHCN-TĐC","sentence":"Theo 332/BKHCN-TĐC.","within":null,"pinpoint":null,"page":1,"confidence":1.0,"target":null,"candidates":[],"settled":false,"repairs":[]}],"deadlines":[],"assignments":[],"reminders":[],"obligations":[],"instructs":false,"effect":null,"signatures":[]}', '{"id":"ffe058b3c9817ddcbbee-1","copy_of":null,"source":{"file":"05.pdf","sha256":"ffe058b3c9817ddcbbeece6693a59fe58305f99d956d497ccfc7f2f076a3c74e","pages":[1,1],"kind":"digital","annex_pages":null,"carries":[],"turned":[]},"header":{"issuer":"Ủy ban nhân dân tỉnh Nghệ An","issuer_parent":null,"number":"701/UBND-VX","doc_type":"CV","place":null,"date":"2021-03-21","subject":"đôn đốc các sở","recipients":[],"copies":[],"signer":{"name":null,"title":null,"capacity":[]},"directing_authority":null,"urgency":null,"secrecy":null,"arrival":null},"evidence":{},"review":[],"references":[{"id":"r1","start":null,"end":null,"boxes":[],"polarity":"affirmed","agent":"self","scope":"whole","number":"332/BKHCN-TĐC","date":null,"issuer":"Bộ Khoa học và Công nghệ","doc_type":null,"relation":"implements","text":"văn bản số 332/BKHCN-TĐC","sentence":"Theo 332/BKHCN-TĐC.","within":null,"pinpoint":null,"page":1,"confidence":1.0,"target":"8237cb09b06899a382fb-1","candidates":[],"settled":false,"repairs":[]}],"deadlines":[],"assignments":[],"reminders":[],"obligations":[],"instructs":false,"effect":null,"signatures":[]}', 'e0fd04cf866d6062fcf056f3c95977324df57c3019c21ccb9c5b7df355d40419', NULL, 2, '2026-11-29', NULL, 0);
INSERT INTO letters (no, id, sha256, ledger_id, first_page, number, number_key, number_code, serial, issuer, date, doc_type, subject, province, secrecy, quarantined, copy_of, inferred_number, inferred_date, inferred_key, review, arrived_on, arrival_number, arrival_serial, arrival_source, stored_at, parsed, record, seal, urgency, form, came_on, archive_number, keeps) VALUES (6, 'fd53461428114793336b-1', 'fd53461428114793336b71cd1104206608fe542d52dd8744cc314de2b4f9d6ea', 6, 1, '15/BC-UBND', '15||BCUBND', '15BCUBND', 15, 'Ủy ban nhân dân tỉnh Nghệ An', '2021-04-01', 'BC', NULL, 'Nghệ An', 'MẬT', 1, NULL, NULL, NULL, NULL, 0, NULL, NULL, NULL, NULL, '2026-11-29T21:29:26+00:00', '{"id":"fd53461428114793336b-1","copy_of":null,"source":{"file":"mật.pdf","sha256":"fd53461428114793336b71cd1104206608fe542d52dd8744cc314de2b4f9d6ea","pages":[1,1],"kind":"digital","annex_pages":null,"carries":[],"turned":[]},"header":{"issuer":"Ủy ban nhân dân tỉnh Nghệ An","issuer_parent":null,"number":"15/BC-UBND","doc_type":"BC","place":null,"date":"2021-04-01","subject":null,"recipients":[],"copies":[],"signer":{"name":null,"title":null,"capacity":[]},"directing_authority":null,"urgency":null,"secrecy":"MẬT","arrival":null},"evidence":{},"review":[],"references":[],"deadlines":[],"assignments":[],"reminders":[],"obligations":null,"instructs":null,"effect":null,"signatures":[]}', '{"id":"fd53461428114793336b-1","copy_of":null,"source":{"file":"mật.pdf","sha256":"fd53461428114793336b71cd1104206608fe542d52dd8744cc314de2b4f9d6ea","pages":[1,1],"kind":"digital","annex_pages":null,"carries":[],"turned":[]},"header":{"issuer":"Ủy ban nhân dân tỉnh Nghệ An","issuer_parent":null,"number":"15/BC-UBND","doc_type":"BC","place":null,"date":"2021-04-01","subject":null,"recipients":[],"copies":[],"signer":{"name":null,"title":null,"capacity":[]},"directing_authority":null,"urgency":null,"secrecy":"MẬT","arrival":null},"evidence":{},"review":[],"references":[],"deadlines":[],"assignments":[],"reminders":[],"obligations":null,"instructs":null,"effect":null,"signatures":[]}', '65209b782225c8aaf63ee3b2aa4c1d9ee07ba6f9d7cbd4e3cf12fdbae88678dd', NULL, 2, '2026-11-29', NULL, 0);
INSERT INTO letters (no, id, sha256, ledger_id, first_page, number, number_key, number_code, serial, issuer, date, doc_type, subject, province, secrecy, quarantined, copy_of, inferred_number, inferred_date, inferred_key, review, arrived_on, arrival_number, arrival_serial, arrival_source, stored_at, parsed, record, seal, urgency, form, came_on, archive_number, keeps) VALUES (7, 'adda0372b651be036918-1', 'adda0372b651be03691823f2a391292472a8b552b9e64f50de983a2355011d6f', 7, 1, '12/KH-UBND', '12||KHUBND', '12KHUBND', 12, 'Ủy ban nhân dân tỉnh Nghệ An', '2021-03-05', 'KH', 'Kế hoạch nâng cao năng suất', 'Nghệ An', NULL, 0, '7430ea2ff18eea13bb58-1', NULL, NULL, NULL, 0, NULL, NULL, NULL, NULL, '2026-11-29T21:29:26+00:00', '{"id":"adda0372b651be036918-1","copy_of":null,"source":{"file":"07.pdf","sha256":"adda0372b651be03691823f2a391292472a8b552b9e64f50de983a2355011d6f","pages":[1,2],"kind":"digital","annex_pages":null,"carries":[],"turned":[]},"header":{"issuer":"Ủy ban nhân dân tỉnh Nghệ An","issuer_parent":null,"number":"12/KH-UBND","doc_type":"KH","place":null,"date":"2021-03-05","subject":"Kế hoạch nâng cao năng suất","recipients":[],"copies":[],"signer":{"name":null,"title":null,"capacity":[]},"directing_authority":null,"urgency":null,"secrecy":null,"arrival":null},"evidence":{},"review":[],"references":[{"id":"r1","start":null,"end":null,"boxes":[],"polarity":"affirmed","agent":"self","scope":"whole","number":"36/QĐ-TTg","date":"2021-01-11","issuer":"Thủ tướng Chính phủ","doc_type":null,"relation":"implements","text":"văn bản số 36/QĐ-TTg","sentence":"Theo 36/QĐ-TTg.","within":null,"pinpoint":null,"page":1,"confidence":1.0,"target":null,"candidates":[],"settled":false,"repairs":[]}],"deadlines":[],"assignments":[],"reminders":[],"obligations":[],"instructs":false,"effect":null,"signatures":[]}', '{"id":"adda0372b651be036918-1","copy_of":"7430ea2ff18eea13bb58-1","source":{"file":"07.pdf","sha256":"adda0372b651be03691823f2a391292472a8b552b9e64f50de983a2355011d6f","pages":[1,2],"kind":"digital","annex_pages":null,"carries":[],"turned":[]},"header":{"issuer":"Ủy ban nhân dân tỉnh Nghệ An","issuer_parent":null,"number":"12/KH-UBND","doc_type":"KH","place":null,"date":"2021-03-05","subject":"Kế hoạch nâng cao năng suất","recipients":[],"copies":[],"signer":{"name":null,"title":null,"capacity":[]},"directing_authority":null,"urgency":null,"secrecy":null,"arrival":null},"evidence":{},"review":[],"references":[{"id":"r1","start":null,"end":null,"boxes":[],"polarity":"affirmed","agent":"self","scope":"whole","number":"36/QĐ-TTg","date":"2021-01-11","issuer":"Thủ tướng Chính phủ","doc_type":null,"relation":"implements","text":"văn bản số 36/QĐ-TTg","sentence":"Theo 36/QĐ-TTg.","within":null,"pinpoint":null,"page":1,"confidence":1.0,"target":"c8e0d8de2c7f91f8a5ab-1","candidates":[],"settled":false,"repairs":[]}],"deadlines":[],"assignments":[],"reminders":[],"obligations":[],"instructs":false,"effect":null,"signatures":[]}', '34c52af18fae3150c1b995a596641d9d559339bf1849428850d01818dad7ecec', NULL, 2, '2026-11-29', NULL, 0);
CREATE TABLE texts (
	no INTEGER NOT NULL, 
	pages TEXT NOT NULL, 
	PRIMARY KEY (no), 
	FOREIGN KEY(no) REFERENCES letters (no) ON DELETE CASCADE
);
INSERT INTO texts (no, pages) VALUES (1, '["Kế hoạch tổng thể nâng cao năng suất\nĐiều 4. Các cơ quan có liên quan thi hành."]');
INSERT INTO texts (no, pages) VALUES (2, '["Kế hoạch nâng cao năng suất\nHoà Bình là một trong các tỉnh cùng thực hiện nâng cao năng suất chất lượng sản phẩm.", "Phụ lục"]');
INSERT INTO texts (no, pages) VALUES (3, '["triển khai nhiệm vụ về tiêu chuẩn đo lường chất lượng năm 2021\nĐề nghị Ủy ban nhân dân tỉnh báo cáo kết quả."]');
INSERT INTO texts (no, pages) VALUES (4, '["báo cáo kết quả\n"]');
INSERT INTO texts (no, pages) VALUES (5, '["đôn đốc các sở\n"]');
INSERT INTO texts (no, pages) VALUES (7, '["Kế hoạch nâng cao năng suất\nHòa Bình là một trong các tỉnh cùng thực hiện nâng cao năng suất chất lượng sản phẩm.", "Phụ lục"]');
CREATE TABLE citations (
	no INTEGER NOT NULL, 
	position INTEGER NOT NULL, 
	number TEXT, 
	number_key TEXT, 
	number_code TEXT, 
	date TEXT, 
	issuer TEXT, 
	doc_type TEXT, 
	relation TEXT NOT NULL, 
	target TEXT, 
	inferred BOOLEAN DEFAULT '0' NOT NULL, asked BOOLEAN DEFAULT '0' NOT NULL, weight INTEGER DEFAULT '2' NOT NULL, said TEXT, 
	PRIMARY KEY (no, position), 
	FOREIGN KEY(no) REFERENCES letters (no) ON DELETE CASCADE
);
INSERT INTO citations (no, position, number, number_key, number_code, date, issuer, doc_type, relation, target, inferred, asked, weight, said) VALUES (2, 0, '36/QĐ-TTg', '36||QDTTG', '36QDTTG', '2021-01-11', 'Thủ tướng Chính phủ', NULL, 'implements', 'c8e0d8de2c7f91f8a5ab-1', 0, 0, 2, 'VAN BAN SO 36/QD-TTG | THEO 36/QD-TTG.');
INSERT INTO citations (no, position, number, number_key, number_code, date, issuer, doc_type, relation, target, inferred, asked, weight, said) VALUES (5, 0, '332/BKHCN-TĐC', '332||BKHCNTDC', '332BKHCNTDC', NULL, 'Bộ Khoa học và Công nghệ', NULL, 'implements', '8237cb09b06899a382fb-1', 1, 0, 2, 'VAN BAN SO 332/BKHCN-TDC | THEO 332/BKHCN-TDC.');
INSERT INTO citations (no, position, number, number_key, number_code, date, issuer, doc_type, relation, target, inferred, asked, weight, said) VALUES (7, 0, '36/QĐ-TTg', '36||QDTTG', '36QDTTG', '2021-01-11', 'Thủ tướng Chính phủ', NULL, 'implements', 'c8e0d8de2c7f91f8a5ab-1', 0, 0, 2, 'VAN BAN SO 36/QD-TTG | THEO 36/QD-TTG.');
INSERT INTO citations (no, position, number, number_key, number_code, date, issuer, doc_type, relation, target, inferred, asked, weight, said) VALUES (4, 0, '332/BKHCN-TĐC', '332||BKHCNTDC', '332BKHCNTDC', '2021-02-01', 'Bộ Khoa học và Công nghệ', NULL, 'responds_to', '8237cb09b06899a382fb-1', 0, 0, 2, 'VAN BAN SO 332/BKHCN-TDC | THUC HIEN CONG VAN ');
CREATE TABLE issuers (
	name TEXT NOT NULL, 
	fold TEXT NOT NULL, 
	province TEXT, 
	PRIMARY KEY (name)
);
INSERT INTO issuers (name, fold, province) VALUES ('Thủ tướng Chính phủ', 'thu tuong chinh phu', NULL);
INSERT INTO issuers (name, fold, province) VALUES ('Ủy ban nhân dân tỉnh Nghệ An', 'uy ban nhan dan tinh nghe an', 'Nghệ An');
INSERT INTO issuers (name, fold, province) VALUES ('Bộ Khoa học và Công nghệ', 'bo khoa hoc va cong nghe', NULL);
CREATE VIRTUAL TABLE words USING fts5(folded, marked, tokenize='unicode61 remove_diacritics 0');
INSERT INTO words (rowid, folded, marked) VALUES (1, '36/qd-ttg
thu tuong chinh phu
ke hoach tong the nang cao nang suat
uy ban nhan dan cac tinh, thanh pho truc thuoc trung uong
ke hoach tong the nang cao nang suat
dieu 4. cac co quan co lien quan thi hanh.', 'qđ thu2 tương4 chinh4 phu2 kê4 hoach5 tông2 thê2 nâng năng suât4 uy2 nhân dân cac4 tinh2 thanh1 phô4 trưc5 thuôc5 ương kê4 hoach5 tông2 thê2 nâng năng suât4 điêu1 cac4 cơ co4 liên hanh1');
INSERT INTO words (rowid, folded, marked) VALUES (2, '12/kh-ubnd
uy ban nhan dan tinh nghe an
ke hoach nang cao nang suat
ke hoach nang cao nang suat
hoa binh la mot trong cac tinh cung thuc hien nang cao nang suat chat luong san pham.
phu luc', 'uy2 nhân dân tinh2 nghê5 kê4 hoach5 nâng năng suât4 kê4 hoach5 nâng năng suât4 hoa1 binh1 la1 môt5 cac4 tinh2 cung1 thưc5 hiên5 nâng năng suât4 chât4 lương5 san2 phâm2 phu5 luc5');
INSERT INTO words (rowid, folded, marked) VALUES (3, 'bo khoa hoc va cong nghe
trien khai nhiem vu ve tieu chuan do luong chat luong nam 2021
uy ban nhan dan tinh nghe an
trien khai nhiem vu ve tieu chuan do luong chat luong nam 2021
de nghi uy ban nhan dan tinh bao cao ket qua.', 'bô5 hoc5 va1 công nghê5 triên2 nhiêm5 vu5 vê1 tiêu chuân2 đo lương1 chât4 lương5 năm uy2 nhân dân tinh2 nghê5 triên2 nhiêm5 vu5 vê1 tiêu chuân2 đo lương1 chât4 lương5 năm đê1 nghi5 uy2 nhân dân tinh2 bao4 cao4 kêt4 qua2');
INSERT INTO words (rowid, folded, marked) VALUES (4, '700/ubnd-vx
uy ban nhan dan tinh nghe an
bao cao ket qua thuc hien nhiem vu
bao cao ket qua
', 'uy2 nhân dân tinh2 nghê5 bao4 cao4 kêt4 qua2 thưc5 hiên5 nhiêm5 vu5 bao4 cao4 kêt4 qua2');
INSERT INTO words (rowid, folded, marked) VALUES (5, '701/ubnd-vx
uy ban nhan dan tinh nghe an
don doc cac so
don doc cac so
', 'uy2 nhân dân tinh2 nghê5 đôn đôc4 cac4 sơ2 đôn đôc4 cac4 sơ2');
INSERT INTO words (rowid, folded, marked) VALUES (7, '12/kh-ubnd
uy ban nhan dan tinh nghe an
ke hoach nang cao nang suat
ke hoach nang cao nang suat
hoa binh la mot trong cac tinh cung thuc hien nang cao nang suat chat luong san pham.
phu luc', 'uy2 nhân dân tinh2 nghê5 kê4 hoach5 nâng năng suât4 kê4 hoach5 nâng năng suât4 hoa1 binh1 la1 môt5 cac4 tinh2 cung1 thưc5 hiên5 nâng năng suât4 chât4 lương5 san2 phâm2 phu5 luc5');
CREATE TABLE history (
	seq INTEGER NOT NULL, 
	at TEXT NOT NULL, 
	who TEXT NOT NULL, 
	about TEXT NOT NULL, 
	id TEXT NOT NULL, 
	field TEXT NOT NULL, 
	old TEXT, 
	new TEXT, 
	salt TEXT, 
	digest TEXT NOT NULL, 
	hash TEXT NOT NULL, 
	PRIMARY KEY (seq)
);
INSERT INTO history (seq, at, who, about, id, field, old, new, salt, digest, hash) VALUES (1, '2026-11-29T21:29:25+00:00', 'congvan', 'seal', 'c8e0d8de2c7f91f8a5ab-1', 'seal', 'null', '["d20b4c9276db36a41f19ff7ee19f30019963ef84f9e6282014d6e3c59abec31a","2026-11-29","2026-11-29T21:29:25+00:00",null]', '762f05ace6a40180c5eb1bba625334d7', 'bd081035634c002ef0eecbb948e1c1c8c62a9320c37fde18177ae7698fb81bbe', 'ebc73ba6a64622c5281e41d69dfaace96102065ce60316ceb8f481d69f8a8876');
INSERT INTO history (seq, at, who, about, id, field, old, new, salt, digest, hash) VALUES (2, '2026-11-29T21:29:25+00:00', 'congvan', 'seal', '7430ea2ff18eea13bb58-1', 'seal', 'null', '["b2a217dca6f06d4cfe1258a97a3727bd64fbe0dd67ffe837a1bba182d51fff5c","2026-11-29","2026-11-29T21:29:25+00:00",null]', '8c516f12b044b76eaeb7c4a8c47594b1', '5e5b2c6dfd4bb848af80d7846e5f41a646b2d05dbec8258d639db7be1e03c2c5', '452a4f2fc7a6356c8fd7f25d2609a20737d5aebd9f6d905c56adb448315a7b6b');
INSERT INTO history (seq, at, who, about, id, field, old, new, salt, digest, hash) VALUES (3, '2026-11-29T21:29:25+00:00', 'congvan', 'seal', '8237cb09b06899a382fb-1', 'seal', 'null', '["6a09c94a6dad9006f4cb786f72e976a2dcbb5a551397313d5ea176f2e12076ed","2026-11-29","2026-11-29T21:29:25+00:00",null]', 'caff3d953c94a0ac351bf96db800b2fb', 'b48a7f1ee8a1daf152eccca7f98132b9fca17ec6199c8a8c86d0fa4b4362ea7c', '01c13739a654accba831066ca47bc2978f2dec1f4918d22ee4044f3334529f50');
INSERT INTO history (seq, at, who, about, id, field, old, new, salt, digest, hash) VALUES (4, '2026-11-29T21:29:25+00:00', 'congvan', 'seal', 'd8037bfbde23f1a0804e-1', 'seal', 'null', '["d68a8eee1ff02bf0e3a73cc56dfb42797680950dce19ab298b4e5488f04f59ca","2026-11-29","2026-11-29T21:29:25+00:00",null]', 'd6254be4ba2d7519e00fe0794a9714f9', '203efb5965f4289a6ec552933b0d635b45653f0d23c2b31fd69e01798d33ec3b', '95dcd23e46f43086196c0768a33d8c2714e82e246fb6d8b1518b05e3449fd37f');
INSERT INTO history (seq, at, who, about, id, field, old, new, salt, digest, hash) VALUES (5, '2026-11-29T21:29:26+00:00', 'congvan', 'seal', 'ffe058b3c9817ddcbbee-1', 'seal', 'null', '["e0fd04cf866d6062fcf056f3c95977324df57c3019c21ccb9c5b7df355d40419","2026-11-29","2026-11-29T21:29:26+00:00",null]', '2eb5c50240126596f593b9d6410b6440', 'c8f7793e2eb0af85f38a60e605644550087737ce8c5db55ae3887a1f52f8289c', 'bf3c45a9c542d4ba77946a0d7a044781f6a4811bf8c0975e1ff1505d87c47b10');
INSERT INTO history (seq, at, who, about, id, field, old, new, salt, digest, hash) VALUES (6, '2026-11-29T21:29:26+00:00', 'congvan', 'seal', 'fd53461428114793336b-1', 'seal', 'null', '["65209b782225c8aaf63ee3b2aa4c1d9ee07ba6f9d7cbd4e3cf12fdbae88678dd","2026-11-29","2026-11-29T21:29:26+00:00",null]', '6c5c9d36c63acf7e869abe9507d5744e', '7bfc2126c02673a258d50691b98e9deee998017497a3c4fe3707819d5531bdd5', 'e75ebfc6379953dcffa6c3672fa51d07f08ee3ca43ad3e89da44d5ddf450d332');
INSERT INTO history (seq, at, who, about, id, field, old, new, salt, digest, hash) VALUES (7, '2026-11-29T21:29:26+00:00', 'congvan', 'seal', 'adda0372b651be036918-1', 'seal', 'null', '["34c52af18fae3150c1b995a596641d9d559339bf1849428850d01818dad7ecec","2026-11-29","2026-11-29T21:29:26+00:00",null]', 'fe27a544453d46566733a429d3400c0d', '21da7f84172b1559318568109a4369cf4b7ea0ea865c51618e0f257cec24ce54', '5e97712e728201048c996a6b3dc51ec16be6e4db87d552a316f96c2437176841');
INSERT INTO history (seq, at, who, about, id, field, old, new, salt, digest, hash) VALUES (8, '2026-11-29T21:29:26+00:00', 'Lan', 'letter', 'd8037bfbde23f1a0804e-1', 'subject', '"báo cáo kết quả"', '"báo cáo kết quả thực hiện nhiệm vụ"', '64da30ff905e8e72d4e2e45f09da8c7d', 'c498a78bb9c6372afa7a81d6dbf1a638e1ad329da765274043feb6927aabc12d', 'd39bd5551d81646300e3dbab55e4800ff4776bb46b0502a0d40186bcec2d208e');
INSERT INTO history (seq, at, who, about, id, field, old, new, salt, digest, hash) VALUES (9, '2026-11-29T21:29:26+00:00', 'Lan', 'letter', 'c8e0d8de2c7f91f8a5ab-1', 'progress', 'null', '"Đã kết thúc ngày 30/06/2021"', '41ceb8252e88dd00ca350b4f7d853b26', '2a078b45f4a8dfe6f184f234a0952e29c87f14afcd530f36566a5e8ef35530aa', '09494c1cc56b3562f9d2b0794329285c07a20e3b233d7140f53a04fc42e333a9');
CREATE TABLE case_files (
	code TEXT NOT NULL, 
	notation TEXT NOT NULL, 
	year INTEGER, 
	heading TEXT, 
	title TEXT NOT NULL, 
	retention TEXT, 
	keeper TEXT, 
	note TEXT, 
	sheets INTEGER, 
	position INTEGER NOT NULL, 
	PRIMARY KEY (code)
);
CREATE TABLE case_letters (
	letter TEXT NOT NULL, 
	code TEXT NOT NULL, 
	position INTEGER NOT NULL, 
	PRIMARY KEY (letter), 
	FOREIGN KEY(code) REFERENCES case_files (code)
);
CREATE TABLE rereads (
	id INTEGER NOT NULL, 
	who TEXT NOT NULL, 
	at TEXT NOT NULL, 
	chosen TEXT NOT NULL, 
	secret INTEGER DEFAULT '0' NOT NULL, 
	ended TEXT, 
	PRIMARY KEY (id)
);
CREATE TABLE reread_files (
	sha256 TEXT NOT NULL, 
	reread INTEGER NOT NULL, 
	state TEXT NOT NULL, 
	holder TEXT, 
	reason TEXT, 
	reason_en TEXT, 
	split TEXT, 
	answer TEXT, 
	at TEXT NOT NULL, 
	PRIMARY KEY (sha256), 
	FOREIGN KEY(reread) REFERENCES rereads (id)
);
CREATE TABLE reread_changes (
	id INTEGER NOT NULL, 
	reread INTEGER NOT NULL, 
	sha256 TEXT NOT NULL, 
	letter TEXT NOT NULL, 
	field TEXT NOT NULL, 
	kind TEXT NOT NULL, 
	old TEXT, 
	new TEXT, 
	PRIMARY KEY (id), 
	FOREIGN KEY(reread) REFERENCES rereads (id)
);
CREATE TABLE spot_checks (
	id INTEGER NOT NULL, 
	who TEXT NOT NULL, 
	at TEXT NOT NULL, 
	seed TEXT NOT NULL, 
	shares TEXT NOT NULL, 
	ended TEXT, 
	PRIMARY KEY (id)
);
CREATE TABLE spot_check_items (
	spot_check INTEGER NOT NULL, 
	position INTEGER NOT NULL, 
	letter TEXT NOT NULL, 
	field TEXT NOT NULL, 
	outcome TEXT, 
	who TEXT, 
	at TEXT, 
	PRIMARY KEY (spot_check, position), 
	FOREIGN KEY(spot_check) REFERENCES spot_checks (id)
);
CREATE TABLE attested (
	letter TEXT NOT NULL, 
	stem TEXT DEFAULT '' NOT NULL, 
	told TEXT DEFAULT '' NOT NULL, 
	told_before TEXT, 
	state INTEGER NOT NULL, 
	PRIMARY KEY (letter)
);
INSERT INTO attested (letter, stem, told, told_before, state) VALUES ('c8e0d8de2c7f91f8a5ab-1', 'THU TUONG CHINH PHU', '{"letter":"c8e0d8de2c7f91f8a5ab-1","document":"36||QDTTG 2021-01-11","scanned":false,"day":"2021-01-11","place":null,"issuer":{"value":"Thủ tướng Chính phủ","trust":1,"readings":[]},"parent":{"value":null,"trust":1,"readings":[]},"signer":{"value":null,"trust":1,"readings":[]},"office":"","number":{"value":"36/QĐ-TTg","trust":1,"readings":[]},"symbol":"QĐ-TTg","body":"TTg"}', NULL, 2);
INSERT INTO attested (letter, stem, told, told_before, state) VALUES ('7430ea2ff18eea13bb58-1', 'UY BAN NHAN DAN', '{"letter":"7430ea2ff18eea13bb58-1","document":"12||KHUBND 2021-03-05","scanned":false,"day":"2021-03-05","place":null,"issuer":{"value":"Ủy ban nhân dân tỉnh Nghệ An","trust":1,"readings":[]},"parent":{"value":null,"trust":1,"readings":[]},"signer":{"value":null,"trust":1,"readings":[]},"office":"","number":{"value":"12/KH-UBND","trust":1,"readings":[]},"symbol":"KH-UBND","body":"UBND"}', NULL, 2);
INSERT INTO attested (letter, stem, told, told_before, state) VALUES ('8237cb09b06899a382fb-1', 'BO KHOA HOC VA CONG NGHE', '{"letter":"8237cb09b06899a382fb-1","document":"8237cb09b06899a382fb-1","scanned":false,"day":"2021-02-01","place":null,"issuer":{"value":"Bộ Khoa học và Công nghệ","trust":1,"readings":[]},"parent":{"value":null,"trust":1,"readings":[]},"signer":{"value":null,"trust":1,"readings":[]},"office":"","number":{"value":null,"trust":0,"readings":[]},"symbol":null,"body":null}', NULL, 2);
INSERT INTO attested (letter, stem, told, told_before, state) VALUES ('d8037bfbde23f1a0804e-1', 'UY BAN NHAN DAN', '{"letter":"d8037bfbde23f1a0804e-1","document":"700||UBNDVX 2021-03-20","scanned":false,"day":"2021-03-20","place":null,"issuer":{"value":"Ủy ban nhân dân tỉnh Nghệ An","trust":1,"readings":[]},"parent":{"value":null,"trust":1,"readings":[]},"signer":{"value":null,"trust":1,"readings":[]},"office":"","number":{"value":"700/UBND-VX","trust":1,"readings":[]},"symbol":"UBND-VX","body":"UBND"}', NULL, 2);
INSERT INTO attested (letter, stem, told, told_before, state) VALUES ('ffe058b3c9817ddcbbee-1', 'UY BAN NHAN DAN', '{"letter":"ffe058b3c9817ddcbbee-1","document":"701||UBNDVX 2021-03-21","scanned":false,"day":"2021-03-21","place":null,"issuer":{"value":"Ủy ban nhân dân tỉnh Nghệ An","trust":1,"readings":[]},"parent":{"value":null,"trust":1,"readings":[]},"signer":{"value":null,"trust":1,"readings":[]},"office":"","number":{"value":"701/UBND-VX","trust":1,"readings":[]},"symbol":"UBND-VX","body":"UBND"}', NULL, 2);
INSERT INTO attested (letter, stem, told, told_before, state) VALUES ('fd53461428114793336b-1', '', '', NULL, 2);
INSERT INTO attested (letter, stem, told, told_before, state) VALUES ('adda0372b651be036918-1', 'UY BAN NHAN DAN', '{"letter":"adda0372b651be036918-1","document":"12||KHUBND 2021-03-05","scanned":false,"day":"2021-03-05","place":null,"issuer":{"value":"Ủy ban nhân dân tỉnh Nghệ An","trust":1,"readings":[]},"parent":{"value":null,"trust":1,"readings":[]},"signer":{"value":null,"trust":1,"readings":[]},"office":"","number":{"value":"12/KH-UBND","trust":1,"readings":[]},"symbol":"KH-UBND","body":"UBND"}', NULL, 2);
CREATE TABLE vouchers (
	letter TEXT NOT NULL, 
	field TEXT NOT NULL, 
	known TEXT NOT NULL, 
	PRIMARY KEY (letter, field)
);
CREATE TABLE arrival_numbers (
	book TEXT NOT NULL, 
	year INTEGER NOT NULL, 
	number TEXT NOT NULL, 
	serial INTEGER NOT NULL, 
	letter TEXT NOT NULL, 
	PRIMARY KEY (book, year, number), 
	UNIQUE (letter)
);
CREATE TABLE word_pairs (
	no INTEGER NOT NULL, 
	hashes BLOB NOT NULL, 
	PRIMARY KEY (no), 
	FOREIGN KEY(no) REFERENCES letters (no) ON DELETE CASCADE
);
INSERT INTO word_pairs (no, hashes) VALUES (2, X'4A372797DC20DC20568D568D02B202B2140CBC789F41C76D4A3A73E8FFB603D98C30105DF00C954FB649CEDE2A8178B3D29C');
INSERT INTO word_pairs (no, hashes) VALUES (7, X'4A372797DC20DC20568D568D02B202B2140CBC789F41C76D4A3A73E8FFB603D98C30105DF00C954FB649CEDE2A8178B3D29C');
CREATE TABLE unsettled (
	no INTEGER NOT NULL, 
	about TEXT NOT NULL, 
	PRIMARY KEY (no, about), 
	FOREIGN KEY(no) REFERENCES letters (no) ON DELETE CASCADE
);
CREATE TABLE same_numbers (
	number_key TEXT NOT NULL, 
	year TEXT NOT NULL, 
	body TEXT NOT NULL, 
	PRIMARY KEY (number_key, year, body)
);
CREATE TABLE kept_answers (
	no INTEGER NOT NULL, 
	asked TEXT NOT NULL, 
	secret BOOLEAN NOT NULL, 
	merged BOOLEAN NOT NULL, 
	form TEXT NOT NULL, 
	seen INTEGER NOT NULL, 
	day TEXT NOT NULL, 
	closings TEXT NOT NULL, 
	PRIMARY KEY (no), 
	CONSTRAINT kept_answers_asked UNIQUE (asked, secret, merged)
);
CREATE TABLE standings (
	"of" INTEGER NOT NULL, 
	node TEXT NOT NULL, 
	mark TEXT, 
	trace TEXT NOT NULL, 
	PRIMARY KEY ("of", node), 
	FOREIGN KEY("of") REFERENCES kept_answers (no) ON DELETE CASCADE
);
CREATE TABLE ending_days (
	"of" INTEGER NOT NULL, 
	day TEXT NOT NULL, 
	node TEXT NOT NULL, 
	PRIMARY KEY ("of", day, node), 
	FOREIGN KEY("of") REFERENCES kept_answers (no) ON DELETE CASCADE
);
CREATE TABLE changed_letters (
	seq INTEGER NOT NULL, 
	letter TEXT NOT NULL, 
	"before" TEXT, 
	PRIMARY KEY (seq)
);
CREATE INDEX ix_ledger_state ON ledger (state);
CREATE INDEX ledger_sha256 ON ledger (sha256);
CREATE INDEX ix_letters_copy_of ON letters (copy_of);
CREATE INDEX ix_letters_sha256 ON letters (sha256);
CREATE INDEX letters_doc_type_date ON letters (doc_type, date);
CREATE INDEX letters_issuer_date ON letters (issuer, date);
CREATE INDEX letters_number_code ON letters (number_code);
CREATE INDEX letters_province_date ON letters (province, date);
CREATE INDEX letters_serial ON letters (serial);
CREATE INDEX citations_number_code ON citations (number_code);
CREATE INDEX citations_number_key ON citations (number_key, date);
CREATE INDEX citations_target ON citations (target);
CREATE INDEX letters_number_key ON letters (number_key, date);
CREATE INDEX history_about_id ON history (about, id);
CREATE INDEX case_files_notation ON case_files (notation);
CREATE INDEX ix_case_letters_code ON case_letters (code);
CREATE TRIGGER history_no_update BEFORE UPDATE ON history WHEN NOT (NEW.seq IS OLD.seq AND NEW.at IS OLD.at AND NEW.who IS OLD.who AND NEW.about IS OLD.about AND NEW.id IS OLD.id AND NEW.field IS OLD.field AND NEW.digest IS OLD.digest AND NEW.hash IS OLD.hash AND NEW.old IS NULL AND NEW.new IS NULL AND NEW.salt IS NULL) BEGIN SELECT RAISE(ABORT, 'history is append-only'); END;
CREATE TRIGGER history_no_delete BEFORE DELETE ON history BEGIN SELECT RAISE(ABORT, 'history is append-only'); END;
CREATE INDEX letters_review ON letters (review, quarantined);
CREATE INDEX letters_urgency ON letters (urgency);
CREATE INDEX ix_letters_inferred_key ON letters (inferred_key);
CREATE INDEX letters_form ON letters (form);
CREATE INDEX reread_files_state ON reread_files (reread, state);
CREATE INDEX reread_changes_reread ON reread_changes (reread, field);
CREATE INDEX ix_reread_changes_sha256 ON reread_changes (sha256);
CREATE INDEX ix_attested_stem ON attested (stem);
CREATE INDEX ix_attested_told_before ON attested (told_before);
CREATE INDEX ix_attested_state ON attested (state);
CREATE INDEX citations_asked ON citations (no) WHERE asked;
CREATE INDEX arrival_numbers_serial ON arrival_numbers (book, year, serial);
CREATE INDEX letters_came ON letters (came_on);
CREATE INDEX letters_arrival ON letters (arrival_serial, came_on);
CREATE INDEX letters_date ON letters (date, serial, review);
CREATE INDEX citations_date ON citations (date, number_key);
CREATE INDEX letters_secret ON letters (quarantined, secrecy);
CREATE INDEX citations_unsaid ON citations (no, position) WHERE said IS NULL;
CREATE INDEX letters_keeping ON letters (no) WHERE keeps;
CREATE INDEX letters_undated ON letters (no) WHERE date IS NULL;
CREATE INDEX letters_inferred_date ON letters (inferred_date) WHERE inferred_date IS NOT NULL;
