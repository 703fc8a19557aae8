"""Who gets a mail of cooperation, why, and where its link leads; `letters.py` has the words in between.

Where nobody keeps an organisation's entry, the mail goes to its functional address, says so, and its link needs no
account (`links.py`).
"""

from collections.abc import Callable, Iterable

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from knowledge.directory.keeping.parts import PARTS, PartKey
from knowledge.directory.models import Organisation
from network.cooperation.enums import Side
from network.cooperation.links import link_to_answer, link_to_ledger
from network.cooperation.models import Agreement, BalanceYear, CooperationRequest
from network.cooperation.recipients import addresses_of, has_keepers, of_organisation
from portal.accounts.adapter import own_address
from portal.accounts.post import Letter, send_later


def after_commit(letters: Callable[..., Iterable[Letter]], *about) -> None:
    """Send letters once what they tell of is certain, and after the answer."""

    def post() -> None:
        for letter in letters(*about):
            send_later(letter)

    transaction.on_commit(post)


def about_request(
    request: CooperationRequest, side: str, subject: str, *paragraphs: str, path: str = "", label: str = ""
) -> list[Letter]:
    """Return the letters to one side of a request; subject and paragraphs may name both sides."""
    names = {"municipality": request.municipality, "organisation": request.organisation}
    by_link = side == Side.ORGANISATION and not has_keepers(request.organisation)
    why = _why_organisation(request.organisation, by_link=by_link) if side == Side.ORGANISATION else _why_municipality()
    return [
        Letter(
            to=address,
            subject=subject % names,
            paragraphs=tuple(paragraph % names for paragraph in (why, *paragraphs)),
            link_label=_("Open the request") if by_link else label or _("Open the request"),
            link=link_to_answer(request) if by_link else own_address(path or request.get_absolute_url()),
            closing=_how_to_stop(request.organisation, by_link=by_link) if side == Side.ORGANISATION else (),
        )
        for address in addresses_of(request, side)
    ]


def about_agreement(agreement: Agreement, side: str, subject: str, *paragraphs: str) -> list[Letter]:
    """Return the letters to one side of an agreement."""
    path = agreement.get_absolute_url()
    return about_request(agreement.request, side, subject, *paragraphs, path=path, label=_("Open the agreement"))


def about_ledger(organisation: Organisation, balance: BalanceYear, subject: str, paragraph: str) -> list[Letter]:
    """Return the letters to an organisation about its ledger of a year."""
    by_link = not has_keepers(organisation)
    path = f"{reverse('cooperation:ledger', args=[organisation.slug])}?jahr={balance.year}"
    why = _why_organisation(organisation, by_link=by_link) % {"organisation": organisation}
    return [
        Letter(
            to=address,
            subject=subject,
            paragraphs=(why, paragraph),
            link_label=_("Open the ledger"),
            link=link_to_ledger(organisation, balance) if by_link else own_address(path),
        )
        for address in of_organisation(organisation)
    ]


def _why_organisation(organisation: Organisation, *, by_link: bool) -> str:
    if by_link:
        return _(
            "You get this mail because this is the address of %(organisation)s in the directory, and nobody of you "
            "keeps the profile there yet. You need no account for the link below."
        )
    return _("You get this mail because you keep the profile of %(organisation)s.")


def _why_municipality() -> str:
    return _("You get this mail because you ask organisations for %(municipality)s.")


def _how_to_stop(organisation: Organisation, *, by_link: bool) -> tuple[str, ...]:
    if by_link:
        return (_("You want no requests at all? On the same page one button stops them."),)
    page = own_address(reverse("keeping:part", args=[organisation.slug, PARTS[PartKey.CAPACITY].slug]))
    return (_("You want no requests at present? Say so in your profile: {page}").replace("{page}", page),)
