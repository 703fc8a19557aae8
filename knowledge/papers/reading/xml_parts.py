"""Reads the XML inside a zipped document, refusing entities and everything else that XML can do besides marking up."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from xml.etree.ElementTree import Element, ParseError

import defusedxml
import defusedxml.ElementTree

#: What a document with a broken container or broken XML raises.
DAMAGED = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    ParseError,
    defusedxml.DefusedXmlException,
    LookupError,
    NotImplementedError,
    OSError,
    RuntimeError,
    ValueError,
)


def part(archive: zipfile.ZipFile, name: str) -> Element | None:
    """The root of a part of the document, if it has this part."""
    if name not in archive.namelist():
        return None
    return defusedxml.ElementTree.fromstring(archive.read(name))


def each(root: Element, *names: str) -> Iterator[Element]:
    """All elements of these names, in the order of the document."""
    return (element for element in root.iter() if element.tag in names)
