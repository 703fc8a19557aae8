"""The view of the directory that is no page: an address card, whose address ends like a file's."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from knowledge.directory.models import DirectoryIndexPage
from knowledge.directory.people.shown import shown_contacts
from knowledge.directory.presentation import organisation_or_404
from knowledge.directory.vcards import vcard_response


@require_safe
def vcard(request: HttpRequest, slug: str) -> HttpResponse:
    """Hand out an organisation's contact for an address book to those who may read its profile."""
    if not DirectoryIndexPage.objects.visible_to(request.user).exists():
        raise Http404
    organisation = organisation_or_404(request, slug)
    contacts = shown_contacts([organisation], request.user).get(organisation.pk, [])
    address = request.build_absolute_uri(organisation.get_absolute_url())
    return vcard_response(organisation, contacts, address=address)
