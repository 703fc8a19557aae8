"""Pictures and documents with an audience; our own models from the first day, since exchanging them later is hard."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument, Document
from wagtail.documents.models import DocumentQuerySet as WagtailDocumentQuerySet
from wagtail.images.models import AbstractImage, AbstractRendition, Image
from wagtail.images.models import ImageQuerySet as WagtailImageQuerySet

from portal.shared.files import download_name, internal_name
from portal.shared.inheritance import file_audience
from portal.shared.storage import InternalNameField
from portal.shared.visibility import AudienceField, ChosenAudienceField, VisibleQuerySet


class CollectedFile(models.Model):
    """A file with an audience: the chosen one, narrowed by the restrictions of its collection."""

    chosen_audience = ChosenAudienceField()
    #: Follows `chosen_audience` and the collection; a column, because every list filters by it.
    audience = AudienceField(editable=False)

    class Meta:
        abstract = True

    def save(self, *args, **kwargs):
        """Let the audience follow the choice and the collection."""
        self.audience = file_audience(self)
        fields = kwargs.get("update_fields")
        if fields is not None and not {"chosen_audience", "collection"}.isdisjoint(fields):
            kwargs["update_fields"] = {*fields, "audience"}
        super().save(*args, **kwargs)


class PortalImageQuerySet(VisibleQuerySet, WagtailImageQuerySet):
    """Pictures narrowed to what a person may see."""


class PortalImage(CollectedFile, AbstractImage):
    """A picture with its audience."""

    admin_form_fields = (*Image.admin_form_fields, "chosen_audience")

    objects = PortalImageQuerySet.as_manager()

    class Meta(AbstractImage.Meta):
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")

    def __str__(self):
        return self.title

    def get_upload_to(self, filename):
        """Keep the original under a name that nobody can guess; those of its sizes are made of it."""
        return f"original_images/{internal_name(filename)}"


class PortalRendition(AbstractRendition):
    """A picture in a size."""

    image = models.ForeignKey(PortalImage, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        unique_together = (("image", "filter_spec", "focal_point_key"),)


class PortalDocumentQuerySet(VisibleQuerySet, WagtailDocumentQuerySet):
    """Documents narrowed to what a person may read."""


class PortalDocument(CollectedFile, AbstractDocument):
    """A file for download with its audience."""

    file = InternalNameField(_("file"), upload_to="documents")

    admin_form_fields = (*Document.admin_form_fields, "chosen_audience")

    objects = PortalDocumentQuerySet.as_manager()

    class Meta(AbstractDocument.Meta):
        verbose_name = _("document")
        verbose_name_plural = _("documents")

    def __str__(self):
        return self.title

    def clean(self):
        """Check the ending once there is a file; one of several uploaded at once gets it after its form is checked."""
        if self.file:
            super().clean()

    @property
    def filename(self):
        """The name under which readers save the file; the store knows it by another one."""
        return download_name(self.title, self.file.name)
