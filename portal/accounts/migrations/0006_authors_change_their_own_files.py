"""Authors add files and change their own; changing those of others could open what editors had closed."""

from django.db import migrations

AUTHORS = "Autorinnen und Autoren"
CODENAMES = ["change_document", "delete_document", "change_image", "delete_image"]
#: What Wagtail's own migrations give per collection.
PER_COLLECTION = ["change_document", "change_image"]


def narrow(apps, schema_editor):
    Group = apps.get_model("auth", "Group")
    Permission = apps.get_model("auth", "Permission")
    GroupCollectionPermission = apps.get_model("wagtailcore", "GroupCollectionPermission")
    rights = Permission.objects.filter(codename__in=CODENAMES)
    for group in Group.objects.filter(name=AUTHORS):
        group.permissions.remove(*rights)
        GroupCollectionPermission.objects.filter(group=group, permission__in=rights).delete()


def widen(apps, schema_editor):
    Collection = apps.get_model("wagtailcore", "Collection")
    Group = apps.get_model("auth", "Group")
    Permission = apps.get_model("auth", "Permission")
    GroupCollectionPermission = apps.get_model("wagtailcore", "GroupCollectionPermission")
    rights = Permission.objects.filter(
        codename__in=CODENAMES, content_type__app_label__in=["wagtaildocs", "wagtailimages"]
    )
    for group in Group.objects.filter(name=AUTHORS):
        group.permissions.add(*rights)
        for right in rights.filter(codename__in=PER_COLLECTION):
            GroupCollectionPermission.objects.get_or_create(
                group=group, permission=right, collection=Collection.objects.get(depth=1)
            )


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0005_remove_is_staff"),
        ("wagtailcore", "0094_alter_page_locale"),
        ("wagtaildocs", "0006_copy_document_permissions_to_collections"),
        ("wagtailimages", "0012_copy_image_permissions_to_collections"),
    ]

    operations = [migrations.RunPython(narrow, widen)]
