"""The mail that the demo shop wrote, to be read in the browser; outside demo mode there is no such page."""

from jinja2 import Environment
from litestar import get
from litestar.contrib.jinja import JinjaTemplateEngine
from litestar.response import Response, Template

from shop.errors import NotFound
from shop.mail import showing
from shop.mail.writing import written
from shop.settings import settings
from shop.web.cookies import AnyRequest
from shop.web.pages import FRESH, page
from shop.web.security import content_policy

# The page around a letter shows it in a frame of its own.
AROUND = content_policy() + "; frame-src 'self'"
# A letter brings its own style and may do nothing but be looked at; its links lead out of the frame.
INSIDE = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; base-uri 'none'; form-action 'none'"
    "; frame-ancestors 'self'; sandbox allow-top-navigation-by-user-activation"
)


@get("/mail")
async def letters(request: AnyRequest) -> Template:
    templates = _templates(request)
    return page(
        request,
        "mail/preview/letters.html",
        letters=await showing.kept(templates),
        samples=showing.sampled(templates),
    )


@get("/mail/{key:str}")
async def letter(request: AnyRequest, key: str) -> Template:
    row, words = showing.row_and_words(_templates(request), await showing.found(key))
    policy = {"Content-Security-Policy": AROUND}
    return page(request, "mail/preview/letter.html", headers=policy, letter=row, words=words)


@get("/mail/{key:str}/html")
async def letter_html(request: AnyRequest, key: str) -> Response[str]:
    html = written(_templates(request), await showing.found(key)).html
    html = html.replace("<head>", '<head><base target="_top">', 1)
    headers = {**FRESH, "Content-Security-Policy": INSIDE}
    return Response(html, media_type="text/html", headers=headers)


def _templates(request: AnyRequest) -> Environment:
    if not settings().demo:
        raise NotFound
    engine = request.app.template_engine
    assert isinstance(engine, JinjaTemplateEngine)
    return engine.engine


ROUTES = [letters, letter, letter_html]
