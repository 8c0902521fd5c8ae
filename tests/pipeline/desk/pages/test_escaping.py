"""HTML in letters, in corrections and in the names of files stays text, and no page has a script of its own."""

from __future__ import annotations

from html.parser import HTMLParser
from urllib.parse import urlencode

from fastapi.testclient import TestClient

from tests.pipeline.desk.conftest import FILE_NAME, HOSTILE, id_of
from tests.pipeline.desk.routes import GUARDED, LOOKED_AT

PAGE = {"accept": "text/html"}


class Tags(HTMLParser):
    """What of a page would run or be fetched that is not the desk's own."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.strange: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        own = str(said.get("src") or said.get("data-src") or "").startswith(("/static/", "/api/"))
        handlers = [name for name in said if name.startswith("on") or name in ("style", "srcdoc", "formaction")]
        leads = [
            value for name, value in attrs if name in ("href", "xlink:href", "action") and value and not value.startswith(("/", "#", "?"))
        ]
        if handlers or leads or tag in ("style", "iframe", "object", "embed", "base") or (tag == "script" and not own):
            self.strange.append(str(self.get_starttag_text()))
        if tag == "img" and not own and said.get("id") != "crop":
            self.strange.append(str(self.get_starttag_text()))


def every_page(client: TestClient, id: str) -> dict[str, str]:
    """The text of every page there is, as it stands and with HTML in each of its questions, by its address."""
    found = {}
    for route in LOOKED_AT:
        at = route.at(id=id)
        asked = [{}, {"number": "36/QĐ-TTg"} if "number" in route.query else {}, {"q": "alert"}, {"q": "21/UBND-VX"}]
        for query in (*asked, *({name: HOSTILE} for name in route.query)):
            path = f"{at}?{urlencode(query)}" if query else at
            found[path] = client.get(path, headers=PAGE).text
    return found


def test_html_in_a_letter_stays_text(here: TestClient) -> None:
    id = id_of(here, "21/UBND-VX")
    pages = every_page(here, id)
    for path, text in pages.items():
        assert Tags(text).strange == [], path
    assert "&lt;script&gt;" in pages[f"/letter/{id}"]
    assert FILE_NAME.replace("<", "&lt;").replace(">", "&gt;")[:12] in pages["/ledger"]


def test_html_in_a_persons_correction_and_in_a_files_name_stays_text(here: TestClient) -> None:
    id = id_of(here, "1/UBND-NC")
    typed = ("issuer", "issuer_parent", "number", "doc_type", "place", "subject", "directing_authority", "signer.name", "signer.title",
             "recipients", "copies", "signer.capacity", "arrival.number")  # fmt: skip
    taken = [field for field in typed if here.patch(f"/api/letters/{id}", json={"field": field, "value": HOSTILE}).status_code == 200]
    assert {"subject", "signer.name", "recipients", "place", "issuer"} <= set(taken)
    batch = here.post("/api/ingest", files={"files": (FILE_NAME, b"no pdf at all", "application/pdf")}).json()["id"]
    with here.stream("GET", f"/api/ingest/{batch}/events") as stream:
        assert "refused" in "".join(stream.iter_lines())
    pages = every_page(here, id)
    for path, text in pages.items():
        assert Tags(text).strange == [], path
    assert pages[f"/letter/{id}"].count("&lt;script&gt;") >= len(taken)
    for route in GUARDED:  # what is no page is not read as one
        if not route.page and route.method == "GET":
            answer = here.get(route.at(id=id), params={"number": "36/QĐ-TTg", "q": "alert"}, headers=PAGE)
            kind = answer.headers["content-type"].partition(";")[0]
            assert kind != "text/html" and answer.headers["x-content-type-options"] == "nosniff", route
            if kind == "image/svg+xml":
                assert Tags(answer.text).strange == [], route


def test_no_page_has_a_script_or_style_of_its_own(here: TestClient) -> None:
    id = id_of(here, "1002/UBND-VX")
    for path in ("/", f"/letter/{id}", "/review", "/search?q=36", "/trace?number=36/QĐ-TTg", "/ledger", "/api/docs"):
        text = here.get(path, headers={"accept": "text/html"}).text
        assert "<style" not in text and " style=" not in text and "javascript:" not in text and " onclick" not in text, path
        for part in text.split("<script")[1:]:
            assert part.startswith(' type="module" src="/static/') and part.partition(">")[2].startswith("</script>"), path
        assert "http://" not in text.replace("http://www.w3.org", "") and "https://" not in text, path
