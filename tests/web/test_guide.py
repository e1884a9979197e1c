"""The guide is served where the bot runs, with all that it shows."""

import re
from urllib.request import urlopen

from starlette.applications import Starlette

from bot.registry import Registry
from bot.web import guide
from tests.serving import Serving


def test_the_guide_brings_its_own_styles_and_pictures(registry: Registry) -> None:
    server = Serving(Starlette(routes=guide.routes(registry)))
    server.start()
    try:
        page = urlopen(f"{server.url}/guide?lang=nl").read().decode()
        assert 'lang="nl"' in page
        asked = set(re.findall(r'(?:href|src)="(/static/[^"]+)"', page))
        assert asked
        for path in asked:
            assert urlopen(f"{server.url}{path}").read(), path
    finally:
        server.stop()
