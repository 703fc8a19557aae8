"""The page behind the link in the mail to a network: opening it changes nothing, one button objects."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from knowledge.directory.networks.links import read_link
from knowledge.directory.networks.objecting import is_member, object_to_member

_TEMPLATE = "knowledge/directory/networks/membership.html"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def membership(request: HttpRequest, token: str) -> HttpResponse:
    """Show who names the network, and one button; on POST take that membership out and nothing else."""
    found = read_link(token)
    # Whoever finds an old mail learns nothing about an entry that is no longer shown.
    if found is None or not found[1].is_shown:
        return render(request, _TEMPLATE, {"state": "unknown"}, status=404)
    umbrella, member = found
    if request.method == "POST":
        object_to_member(umbrella=umbrella, member=member)
        return redirect(request.path)
    state = "named" if is_member(umbrella, member) else "gone"
    return render(request, _TEMPLATE, {"state": state, "umbrella": umbrella, "member": member})
