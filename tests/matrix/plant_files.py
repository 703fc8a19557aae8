"""Plants pictures and documents: canaries in title, description, file name, tag and in the file itself."""

import io
import warnings

from django.core.files.base import ContentFile
from PIL import Image, PngImagePlugin
from wagtail.models import Collection, CollectionViewRestriction

from knowledge.documents.actions import read_text
from knowledge.documents.reading.outcome import State
from portal.shared.models import PortalDocument, PortalImage
from tests.matrix.cases import AUDIENCES, NOBODY
from tests.matrix.world import COMMON_WORD, EDITING, Planted, World

#: Audience that is chosen, audience that holds, restriction of the collection.
FILE_CASES = (
    *((audience, audience, "") for audience in AUDIENCES),
    ("public", "member", "login"),
    ("public", NOBODY, "password"),
    ("group:A", "group:A", "login"),
)
RENDITION = "max-100x100"
#: The size in which pages show pictures.
SHOWN = "max-1200x1600"


def plant_figure(world: World) -> None:
    """Plant the public picture that all pages show."""
    picture = _picture(world, "picture in all pages", "public", "public", Collection.get_first_root_node())
    world.places["picture"] = picture.pk


def plant_files(world: World) -> None:
    """Plant a picture and a document for every audience, and some in collections that Wagtail restricts."""
    for chosen, holds, restriction in FILE_CASES:
        collection = _collection(world, restriction)
        name = f"for {chosen}{f', collection with {restriction}' if restriction else ''}"
        _picture(world, f"shared.PortalImage: {name}", chosen, holds, collection)
        _document(world, f"shared.PortalDocument: {name}", chosen, holds, collection)


def _collection(world: World, restriction: str) -> Collection:
    root = Collection.get_first_root_node()
    if not restriction:
        return root
    name = f"collection with {restriction}"
    if name not in world.places:
        collection = root.add_child(name=world.mint.token(name, "name", {EDITING}))
        closed = CollectionViewRestriction(collection=collection, restriction_type=restriction)
        closed.password = "ein-geteiltes-Passwort" if restriction == "password" else ""
        closed.save()
        world.places[name] = collection
        world.places[f"restriction of {name}"] = closed.pk
    return world.places[name]


def _picture(world: World, key: str, chosen: str, holds: str, collection: Collection) -> PortalImage:
    def canary(place: str, reach: set[str]) -> str:
        return world.mint.token(key, place, reach)

    seen = {EDITING, holds} if holds != NOBODY else {EDITING}
    notes = PngImagePlugin.PngInfo()
    notes.add_text("Comment", canary("notes in the file", {EDITING}))
    drawn = io.BytesIO()
    Image.new("RGB", (320, 200), "white").save(drawn, "PNG", pnginfo=notes)
    with ContentFile(drawn.getvalue(), name=f"{canary('file name', seen)}.png") as file:
        picture = PortalImage.objects.create(
            title=canary("title", seen),
            description=canary("description", seen),
            file=file,
            chosen_audience=world.stored(chosen),
            collection=collection,
        )
    picture.tags.add(canary("tag", {EDITING}))
    with warnings.catch_warnings():
        # Wagtail leaves the temporary file open in which it made a rendition.
        warnings.simplefilter("ignore", ResourceWarning)
        rendition, _shown = (picture.get_rendition(size) for size in (RENDITION, SHOWN))
    world.add(
        Planted(
            key,
            "shared.PortalImage",
            holds,
            readable=True,
            pk=picture.pk,
            url=rendition.url,
            extra={"original": picture.file.name},
        )
    )
    return picture


def _document(world: World, key: str, chosen: str, holds: str, collection: Collection) -> PortalDocument:
    def canary(place: str, reach: set[str]) -> str:
        return world.mint.token(key, place, reach)

    seen = {EDITING, holds} if holds != NOBODY else {EDITING}
    body = canary("body", seen)
    with ContentFile(f"{body} {COMMON_WORD}\n".encode(), name=f"{canary('file name', seen)}.txt") as file:
        document = PortalDocument.objects.create(
            title=canary("title", seen), file=file, chosen_audience=world.stored(chosen), collection=collection
        )
    document.tags.add(canary("tag", {EDITING}))
    # The search finds the words of the file, read as by the worker.
    assert read_text(pk=document.extracted_text.pk).state == State.READ
    extra = {"path": document.file.name, "hash": document.get_file_hash()}
    world.add(
        Planted(
            key,
            "shared.PortalDocument",
            holds,
            readable=True,
            pk=document.pk,
            url=document.url,
            shown={body},
            title=document.title,
            search_kind="document",
            findable={document.title, body},
            extra=extra,
        )
    )
    return document
