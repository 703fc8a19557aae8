"""What the cleaning door lets through, as a real browser understands it: no policy helps here, only the door."""

import re
from functools import cache
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest
from django.utils.safestring import SafeString

from portal.shared.html import ALLOWED_ATTRIBUTES, ALLOWED_SCHEMES, ALLOWED_TAGS, clean, linkify, substitute
from tests.browser.hostile import KNOWN, samples

COUNT = 2_150
BATCH = 500
#: Elements that people's text is put into; a parser treats some of them specially.
SURROUNDINGS = ("div", "p", "td", "li", "blockquote", "span", "details")
RULES = {
    "tags": sorted(ALLOWED_TAGS),
    # The cleaner itself writes `rel`.
    "attributes": {
        tag: sorted(names | ({"rel"} if tag == "a" else set())) for tag, names in ALLOWED_ATTRIBUTES.items()
    },
    # An address that the browser cannot read has the scheme ":" and leads nowhere.
    "schemes": [f"{scheme}:" for scheme in sorted(ALLOWED_SCHEMES)] + [":"],
}
LOOK = """
(rules) => {
  window.faultsOf = (box) => [...box.querySelectorAll("*")].flatMap((element) => {
    const name = element.localName, faults = [];
    if (element.namespaceURI !== "http://www.w3.org/1999/xhtml") faults.push(`<${name}> of a foreign namespace`);
    if (!rules.tags.includes(name)) faults.push(`<${name}>`);
    for (const attribute of element.attributes)
      if (!(rules.attributes[name] ?? []).includes(attribute.name)) faults.push(`${name}[${attribute.name}]`);
    if (element.href !== undefined && element.hasAttribute("href") && !rules.schemes.includes(element.protocol))
      faults.push(`${name} leads to ${element.href}`);
    return faults;
  });
}
"""
INSERT = """
async ([cleaned, surroundings]) => {
  const found = [];
  cleaned.forEach((html, index) => {
    const box = document.createElement(surroundings[index % surroundings.length]);
    document.body.append(box);
    box.innerHTML = html;
    const first = window.faultsOf(box);
    box.innerHTML = box.innerHTML;  // what is written out and read again may turn into something else.
    for (const fault of [...first, ...window.faultsOf(box)]) found.push([index, fault]);
  });
  await new Promise((resolve) => setTimeout(resolve, 100));
  if (window.hits) found.push([0, `${window.hits} calls`]);
  return found;
}
"""
READ = """
async (count) => {
  const boxes = [...document.body.children], found = [];
  if (boxes.length !== count) found.push([0, `${boxes.length} boxes instead of ${count}: one broke out`]);
  boxes.forEach((box, index) => {
    if (box.localName !== "section" || box.id !== `box-${index}`) found.push([index, "broke out of its box"]);
    for (const fault of window.faultsOf(box)) found.push([index, fault]);
  });
  await new Promise((resolve) => setTimeout(resolve, 100));
  if (window.hits) found.push([0, `${window.hits} calls`]);
  return found;
}
"""


@pytest.fixture(scope="module")
def generated():
    found = samples(COUNT)
    assert len(found) > 2_000
    return found


@pytest.fixture(scope="module")
def cleaned_by(generated):
    """Return all samples, cleaned in the given way; both places show the same."""
    # The linker is slow, and knows nothing of markup: the text is escaped before.
    count = {"linkify": 500}
    return cache(lambda way: [str(WAYS[way](html)) for html in [*KNOWN, *generated[: count.get(way)]]])


@pytest.fixture(scope="module")
def unguarding():
    """A server whose only page has no policy at all."""
    with HTTPServer(("127.0.0.1", 0), _Page) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


class _Page(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200 if self.path == "/" else 404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(self.server.content.encode() if self.path == "/" else b"")

    def log_message(self, *given):
        """Stay silent."""


@pytest.fixture
def unguarded(browser, unguarding):
    """The page in a browser, with the requests that it made."""
    context = browser.new_context(base_url=f"http://127.0.0.1:{unguarding.server_port}")
    context.add_init_script("window.hits = 0; window.hit = () => { window.hits += 1; };")
    page = context.new_page()
    page.asked = []
    page.on("dialog", lambda dialog: dialog.dismiss())

    def show(content):
        unguarding.content = content
        page.goto("/")
        page.evaluate(LOOK, RULES)

    page.show = show
    show("<!doctype html><body></body>")
    page.on("request", lambda request: page.asked.append(request.url) if not request.is_navigation_request() else None)
    yield page
    context.close()


def in_batches(texts):
    return [texts[start : start + BATCH] for start in range(0, len(texts), BATCH)]


def inserted(page, cleaned):
    return page.evaluate(INSERT, [cleaned, SURROUNDINGS])


def served(page, cleaned):
    boxes = "".join(f'<section id="box-{index}">{html}</section>' for index, html in enumerate(cleaned))
    page.show(f"<!doctype html><html lang=de><head><title>x</title></head><body>{boxes}</body></html>")
    return page.evaluate(READ, len(cleaned))


def with_footnotes(html):
    return substitute(clean(html), r"\[\^(\w+)\]", lambda match: SafeString("<sup>1</sup>"))


WAYS = {"clean": clean, "twice": lambda html: clean(clean(html)), "linkify": linkify, "footnotes": with_footnotes}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("place", [inserted, served])
def test_nothing_but_the_allowed_reaches_the_page(unguarded, cleaned_by, way, place):
    for batch in in_batches(cleaned_by(way)):
        faults = [(fault, batch[index]) for index, fault in place(unguarded, batch)]
        assert faults[:3] == []
        assert unguarded.asked == []


def test_linkified_text_is_shown_as_it_was_typed(unguarded, generated):
    """Markup in plain text is text: the page holds links and nothing else, and no character is lost."""
    typed = [re.sub("[\0\ufeff]", "", text).replace("\r", "\n") for text in generated[:BATCH]]
    read = unguarded.evaluate(
        "(cleaned) => cleaned.map((html) => { const box = document.createElement('div'); box.innerHTML = html;"
        " return [box.textContent, [...box.querySelectorAll(':not(a)')].length]; })",
        [str(linkify(text)) for text in typed],
    )
    assert [shown for shown, others in read if others] == []
    assert [pair for pair in zip(typed, (shown for shown, _ in read), strict=True) if pair[0] != pair[1]][:3] == []


def test_the_samples_would_harm_a_page_that_does_not_clean(unguarded, generated):
    """Without this the test above would also pass with samples that are harmless."""
    some = [*KNOWN, *generated[:100]]
    assert len(inserted(unguarded, some)) > len(some)
    assert unguarded.evaluate("window.hits") > len(some) // 4
    assert unguarded.asked
