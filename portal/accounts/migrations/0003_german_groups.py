"""Give Wagtail's two groups of accounts their German names, so that a role finds the rights that Wagtail gave them."""

from django.db import migrations

NAMES = {"Moderators": "Redaktion", "Editors": "Autorinnen und Autoren"}


def speak_german(apps, schema_editor):
    rename(apps.get_model("auth", "Group"), NAMES)


def speak_english(apps, schema_editor):
    rename(apps.get_model("auth", "Group"), {german: english for english, german in NAMES.items()})


def rename(groups, names):
    for old, new in names.items():
        if not groups.objects.filter(name=new).exists():
            groups.objects.filter(name=old).update(name=new)


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_roles"),
        # Each of these gives rights to the groups by their English names, so the names may change only afterwards.
        ("wagtailadmin", "0001_create_admin_access_permissions"),
        ("wagtailcore", "0002_initial_data"),
        ("wagtaildocs", "0006_copy_document_permissions_to_collections"),
        ("wagtailimages", "0012_copy_image_permissions_to_collections"),
    ]

    operations = [migrations.RunPython(speak_german, speak_english)]
