"""HTML that means harm: a generator of it, and the tricks that are known by name.

Whatever runs calls `hit()`, so that a page can count what got through.
"""

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from portal.shared.html import ALLOWED_TAGS

HARMFUL_TAGS = (
    "script", "style", "svg", "math", "noscript", "template", "iframe", "form", "input", "button", "img", "image",
    "video", "audio", "source", "object", "embed", "base", "meta", "link", "textarea", "title", "xmp", "plaintext",
    "noembed", "noframes", "select", "option", "table", "caption", "td", "mglyph", "malignmark", "mtext", "mi",
    "annotation-xml", "foreignObject", "desc", "animate", "set", "use", "marquee", "details", "frameset", "body",
    "html", "head", "dialog", "slot", "listing", "isindex", "keygen", "x-element",
)  # fmt: skip
ATTRIBUTES = (
    "href", "src", "srcset", "srcdoc", "xlink:href", "action", "formaction", "data", "background", "poster", "style",
    "onerror", "onload", "onclick", "onfocus", "ontoggle", "onpointerrawupdate", "onbegin", "id", "name", "class",
    "title", "alt", "http-equiv", "content", "encoding", "is", "slot", "shadowrootmode", "autofocus", "open", "rel",
    "target", "from", "to", "attributeName", "xmlns", "formmethod", "ping", "tabindex",
)  # fmt: skip
VALUES = (
    "hit()", "javascript:hit()", "JaVaScRiPt:hit()", "jav&#x09;ascript:hit()", "java&#10;script:hit()",
    "&#106;avascript:hit()", "&#x6A&#x61vascript:hit()", "java\0script:hit()", " javascript:hit()",
    "\x01javascript:hit()", "javascript\u200b:hit()", "javascript&colon;hit()", "javascript:/**/hit()",
    "vbscript:hit()", "data:text/html,<script>hit()</script>", "data:text/html;base64,PHNjcmlwdD5oaXQoKTwvc2NyaXB0Pg==",
    "data:image/svg+xml,<svg onload=hit()>", "blob:x", "view-source:javascript:hit()", "//fremd.example/x",
    "\\\\fremd.example\\x", "https:fremd.example", "x", "", "#", "mailto:a@b.example", "tel:+49", "https://amt.example/",
    "x:expression(hit())", "background:url(javascript:hit())", "text/html", "0;url=javascript:hit()", "open", "[^1]",
    "</p><img src=x onerror=hit()>", "--><img src=x onerror=hit()>", "\"><img src=x onerror=hit()>",
    "'><img src=x onerror=hit()>", "`><img src=x onerror=hit()>", "</style><img src=x onerror=hit()>",
    "</noscript><img src=x onerror=hit()>", "&quot;><img src=x onerror=hit()>", "&lt;img src=x onerror=hit()&gt;",
)  # fmt: skip
SCRAPS = (
    "<!--", "-->", "--!>", "<!-->", "<!--->", "<!---!>", "<![CDATA[", "]]>", "<?xml version='1.0'?>",
    "<!doctype html>", "<!DOCTYPE x [<!ENTITY y 'z'>]>", "\0", "&#0;", "&lt;script&gt;hit()&lt;/script&gt;",
    "&#x3c;img src=x onerror=hit()>",
    "<", ">", "</", "</p title=\"", "<a href='", "<p \"", "\u2028", "\ufffd", "\ufeff", "\x0b", "\x1b",
    "&", "&amp;lt;b>", "[^1]",
    "www.amt.example", "https://amt.example/?a=1&b=<b>", "ftp://amt.example", "javascript:hit()", "hit()", "Übergänge",
    "<img src=x onerror=hit()>", "<svg/onload=hit()>", "<svg><script>hit()</script>", "<script>hit()</script>",
    "</script><img src=x onerror=hit()>", "</textarea><img src=x onerror=hit()>", "</title><img src=x onerror=hit()>",
    "<body onload=hit()>", "<math href=javascript:hit()>", "<%00script>hit()</script>",
    "<scr<script>ipt>hit()</script>",
    "<</a>script>hit()</script>", "<a/href=javascript:hit()>x", "<img/src=x/onerror=hit()>", "<p/>",
    "<br></br>", "</br>",
)  # fmt: skip

#: Tricks against cleaners, each of which worked against one of them; most live on being parsed twice.
KNOWN = (
    "<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=x onerror=hit()&gt;\">",
    "<form><math><mtext></form><form><mglyph><style></math><img src=x onerror=hit()>",
    "<svg></p><style><a id=\"</style><img src=x onerror=hit()>\">",
    "<svg><p><style><g title=\"</style><img src=x onerror=hit()>\">",
    "<math><mi><table><mi><style><!--</style><img title=\"--><img src=x onerror=hit()>\">",
    "<noscript><p title=\"</noscript><img src=x onerror=hit()>\">",
    "<noembed><p title=\"</noembed><img src=x onerror=hit()>\">",
    "<xmp><p title=\"</xmp><img src=x onerror=hit()>\">",
    "<textarea><p title=\"</textarea><img src=x onerror=hit()>\">",
    "<title><p title=\"</title><img src=x onerror=hit()>\">",
    "<iframe><p title=\"</iframe><img src=x onerror=hit()>\">",
    "<template><p title=\"</template><img src=x onerror=hit()>\">",
    "<p title=\"</p><img src=x onerror=hit()>\">",
    "<abbr title=\"</abbr><img src=x onerror=hit()>\">x</abbr>",
    "<abbr title='\"><img src=x onerror=hit()>'>x</abbr>",
    "<abbr title=`><img/src=x/onerror=hit()>`>x</abbr>",
    "<a href=\"https://x/\" title=\"'\"><img src=x onerror=hit()>\">x</a>",
    "<svg><a xlink:href=\"javascript:hit()\"><text>x</text></a></svg>",
    "<svg><animate xlink:href=#x attributeName=href values=javascript:hit() /><a id=x><text>x</text></a>",
    "<svg><foreignObject><iframe srcdoc=\"<script>parent.hit()</script>\"></foreignObject></svg>",
    "<svg><desc><style><a title=\"</style><img src=x onerror=hit()>\">",
    "<math><annotation-xml encoding=\"text/html\"><style><!--</style><img src=x onerror=hit()>--></style>",
    "<math><maction actiontype=statusline xlink:href=javascript:hit()>x</maction></math>",
    "<select><style><!--</style><a rel=\"--></style></select><img src=x onerror=hit()>\">",
    "<select><template><style></template><img src=x onerror=hit()></style></select>",
    "<table><caption><svg><title><table><caption></table><img src=x onerror=hit()>",
    "<div><template shadowrootmode=open><img src=x onerror=hit()></template></div>",
    "<!--><img src=x onerror=hit()>-->",
    "<!--<img src=\"--><img src=x onerror=hit()>\">",
    "<!--<img src=--!><img src=x onerror=hit()>",
    "<![CDATA[><img src=x onerror=hit()>]]>",
    "<svg><![CDATA[</svg><img src=x onerror=hit()>]]>",
    "<?php echo '<img src=x onerror=hit()>' ?>",
    "<style>@import 'javascript:hit()';</style>",
    "<style><style/><img src=x onerror=hit()>",
    "<link rel=stylesheet href=\"javascript:hit()\"><base href=\"javascript:hit()//\"><a href=x>x</a>",
    "<meta http-equiv=refresh content=\"0;url=javascript:hit()\">",
    "<iframe srcdoc=\"&lt;script&gt;parent.hit()&lt;/script&gt;\"></iframe>",
    "<object data=\"data:text/html,<script>parent.hit()</script>\"></object>",
    "<embed src=\"data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' onload='parent.hit()'/>\">",
    "<form action=javascript:hit()><button autofocus onfocus=hit()>x</button></form>",
    "<input onfocus=hit() autofocus><details open ontoggle=hit()>x</details>",
    "<video><source onerror=hit()></video><audio src onloadstart=hit()>",
    "<img srcset=\"x 1x, javascript:hit() 2x\" onerror=hit()>",
    "<image src=x onerror=hit()><isindex action=javascript:hit() type=image>",
    "<a href=\"jav&#x09;ascript:hit()\">x</a><a href=\"&#14;javascript:hit()\">x</a>",
    "<a href=\"javascript\u200b:hit()\">x</a><a href=\"\u00adjavascript:hit()\">x</a>",
    "<a href=\"java\0script:hit()\">x</a><a href=\"https://x\0/\">x</a>",
    "<a href=\"data:text/html;base64,PHNjcmlwdD5oaXQoKTwvc2NyaXB0Pg==\">x</a>",
    "<a href=\"//fremd.example\">x</a><a href=\"\\\\fremd.example\">x</a><a href=\"https:\\\\x\">x</a>",
    "<a href=javascript:hit() href=https://amt.example/>x</a>",
    "<a href=https://amt.example/ href=javascript:hit()>x</a>",
    "<A HREF=\"JAVASCRIPT:hit()\">x</A>",
    "<p style=\"animation-name:x\" onanimationstart=hit()>x</p>",
    "<b onclick=hit()><i/onpointerover=hit()>x",
    "<li><plaintext><img src=x onerror=hit()>",
    "<frameset onload=hit()><frame src=javascript:hit()>",
    "<html onload=hit()><head><script>hit()</script><body onpageshow=hit()>",
    "</div></main></body></html><img src=x onerror=hit()>",
    "<b>" * 2000 + "<img src=x onerror=hit()>",
    "<a><b><p>" * 300 + "<script>hit()</script>",
    "<svg>" * 300 + "<style></svg><img src=x onerror=hit()>",
    "<table><tr><td>" * 200 + "<img src=x onerror=hit()>",
    "&" * 3000 + "lt;script>hit()</script>",
)  # fmt: skip


ATTRIBUTE_FORMS = (' {}="{}"', " {}='{}'", " {}={}", "/{}=`{}`", '\n{} = "{}"', ' {}="{}', "{}={}>")
ENDS = ("</{}>", "</{} x>", "", "</p>", "</{}", "</svg>", "</math>")
#: The last known tricks are long; generated samples are made of short ones.
PIECES = (*SCRAPS, *(trick for trick in KNOWN if len(trick) < 200))

_attributes = st.lists(
    st.tuples(st.sampled_from(ATTRIBUTE_FORMS), st.sampled_from(ATTRIBUTES), st.sampled_from(VALUES)), max_size=3
)
_tags = st.sampled_from((*sorted(ALLOWED_TAGS) * 2, *HARMFUL_TAGS))
_texts = st.sampled_from(PIECES) | st.text(max_size=6)
#: Opened from left to right; what each closes with, and whether it is opened very often.
_elements = st.lists(
    st.tuples(_tags, _attributes, _texts, st.sampled_from(ENDS), st.sampled_from((1, 1, 1, 1, 1, 2, 40))), max_size=5
)


def _written(elements, tail: str) -> str:
    opened = "".join(
        f"<{tag}{''.join(form.format(name, value) for form, name, value in attributes)}>" * times + text
        for tag, attributes, text, _, times in elements
    )
    return opened + tail + "".join(end.format(tag) for tag, _, _, end, _ in reversed(elements))


hostile_html = st.builds(_written, _elements, _texts)


def samples(count: int) -> list[str]:
    """Return the different ones of `count` generated samples, the same in every run."""
    found: dict[str, None] = {}

    @settings(
        max_examples=count,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(hostile_html)
    def collect(html: str) -> None:
        found[html] = None

    collect()
    return list(found)
