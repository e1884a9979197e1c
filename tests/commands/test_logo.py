"""/filrouge logo: given in the chat, checked, made small, and on the documents from then on."""

import base64
import io

import docx
import pytest
from odf import opendocument
from odf.draw import Image as Drawn
from PIL import Image
from pypdf import PdfReader
from sqlalchemy import select

from storage import logos
from storage.chat import Post
from tests.chat import Chat


def picture(kind: str = "PNG", size: tuple[int, int] = (1800, 600), mode: str = "RGB") -> bytes:
    out = io.BytesIO()
    Image.new(mode, size, "red").save(out, kind)
    return out.getvalue()


@pytest.fixture
def known(chat: Chat) -> Chat:
    chat.knows("ana", "bob")
    return chat


def test_the_picture_is_made_small_and_kept_without_its_file(known: Chat) -> None:
    secret = picture("PNG") + b"<script>whoever reads on</script>"
    assert known.says("ana", "/filrouge logo", files=[("logo.png", secret)]).startswith("Vos documents portent")
    with known.session() as session:
        kept = logos.of_network(session)
        assert kept is not None
        assert (kept.width, kept.height) == (900, 300)
        assert b"script" not in kept.content
        assert Image.open(io.BytesIO(kept.content)).format == "PNG"


def test_the_documents_carry_it(known: Chat) -> None:
    known.says("ana", "/filrouge logo", files=[("logo.jpg", picture("JPEG"))])
    known.says("ana", "/reunion ouvre", channel="pilotage")
    known.says("ana", "/reunion clôture", channel="pilotage")
    known.says("ana", "/reunion R-1 pv", channel="pilotage")
    with known.session() as session:
        posts = session.scalars(select(Post).order_by(Post.id.desc())).all()
        attached = next(post.content["attachments"] for post in posts if post.content.get("attachments"))
    word, odt, pdf, _md = (io.BytesIO(base64.b64decode(file["content"])) for file in attached)
    (shape,) = docx.Document(word).inline_shapes
    assert shape._inline.docPr.get("descr") == "Logo\xa0: Réseau test"
    assert len(opendocument.load(odt).getElementsByType(Drawn)) == 1
    assert len(PdfReader(pdf).pages[0].images) == 1


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("logo.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "J’accepte une image"),
        ("logo.png", b"not a picture", "J’accepte une image"),
        ("logo.png", picture()[:200], "Cette image est abîmée."),
        ("logo.png", picture(size=(9000, 9000), mode="L"), "Cette image est trop lourde"),
        ("logo.png", b"\x89PNG\r\n\x1a\n" + b"0" * (6 * 1024 * 1024), "Cette image est trop lourde"),
        ("logo.png", b"", "J’accepte une image"),
    ],
)
def test_what_cannot_be_used_is_said(known: Chat, name: str, content: bytes, said: str) -> None:
    assert said in known.says("ana", "/filrouge logo", files=[(name, content)])
    with known.session() as session:
        assert logos.of_network(session) is None


def test_it_is_shown_and_removed_by_the_coordinator_alone(known: Chat) -> None:
    assert "pas encore de logo" in known.says("ana", "/filrouge logo")
    known.says("ana", "/filrouge logo", files=[("logo.gif", picture("GIF", (30, 90)))])
    assert "Voici votre logo." in known.says("ana", "/filrouge logo")
    assert known.says("bob", "/filrouge logo retire").startswith("Seule la coordination") or "coordin" in (
        known.says("bob", "/filrouge logo retire")
    )
    assert known.says("ana", "/filrouge logo retire") == "Le logo est retiré."
