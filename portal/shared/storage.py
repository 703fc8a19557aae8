"""The file field whose store knows no name that somebody gave."""

from django.db import models

from portal.shared.files import internal_name


class InternalNameField(models.FileField):
    """A file kept under a name of the portal's own; for the database it is an ordinary one."""

    def generate_filename(self, instance, filename):
        """Exchange the given name, from whichever side the file comes."""
        return super().generate_filename(instance, internal_name(filename))

    def deconstruct(self):
        """Stand in migrations as Django's own field, whose column it has."""
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.FileField", args, kwargs
