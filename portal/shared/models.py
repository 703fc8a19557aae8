"""Pictures and documents with an audience; our own models from the first day, since exchanging them later is hard."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument, Document
from wagtail.documents.models import DocumentQuerySet as WagtailDocumentQuerySet
from wagtail.images.models import AbstractImage, AbstractRendition, Image
from wagtail.images.models import ImageQuerySet as WagtailImageQuerySet

from portal.shared.visibility import AudienceField, VisibleQuerySet


class PortalImageQuerySet(VisibleQuerySet, WagtailImageQuerySet):
    """Pictures narrowed to what a person may see."""


class PortalImage(AbstractImage):
    """A picture with its audience."""

    audience = AudienceField()

    admin_form_fields = (*Image.admin_form_fields, "audience")

    objects = PortalImageQuerySet.as_manager()

    class Meta(AbstractImage.Meta):
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")


class PortalRendition(AbstractRendition):
    """A picture in a size."""

    image = models.ForeignKey(PortalImage, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        unique_together = (("image", "filter_spec", "focal_point_key"),)


class PortalDocumentQuerySet(VisibleQuerySet, WagtailDocumentQuerySet):
    """Documents narrowed to what a person may read."""


class PortalDocument(AbstractDocument):
    """A file for download with its audience."""

    audience = AudienceField()

    admin_form_fields = (*Document.admin_form_fields, "audience")

    objects = PortalDocumentQuerySet.as_manager()

    class Meta(AbstractDocument.Meta):
        verbose_name = _("document")
        verbose_name_plural = _("documents")
