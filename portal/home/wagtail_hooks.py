"""Where the front door meets the Wagtail admin."""

from wagtail.snippets.models import register_snippet

from portal.home.viewsets import ReaderMessageViewSet

register_snippet(ReaderMessageViewSet)
