"""Give organisations that were there before a stable name for other systems."""

import uuid

from django.db import migrations


def name(apps, schema_editor):
    unnamed = apps.get_model("directory", "Organisation").objects.filter(uid__isnull=True)
    for pk in unnamed.values_list("pk", flat=True):
        unnamed.filter(pk=pk).update(uid=uuid.uuid4())


class Migration(migrations.Migration):
    dependencies = [("directory", "0002_profiles")]

    operations = [migrations.RunPython(name, migrations.RunPython.noop)]
