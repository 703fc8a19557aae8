"""Turn flags and groups of accounts into roles; municipal staff without a municipality become members."""

from django.db import migrations

ROLE_OF_GROUP = {"Redaktion": "editor", "Autorinnen und Autoren": "author"}


def make_roles(apps, schema_editor):
    User = apps.get_model("accounts", "User")
    RoleAssignment = apps.get_model("accounts", "RoleAssignment")
    for person in User.objects.filter(is_superuser=True):
        RoleAssignment.objects.create(person=person, role="administrator")
    for name, role in ROLE_OF_GROUP.items():
        for person in User.objects.filter(groups__name=name):
            RoleAssignment.objects.create(person=person, role=role)
    for person in User.objects.filter(is_staff=True, is_superuser=False, municipality__isnull=False):
        RoleAssignment.objects.create(
            person=person, role="staff", scope_kind="municipality", scope_id=person.municipality_id
        )


def make_flags(apps, schema_editor):
    User = apps.get_model("accounts", "User")
    RoleAssignment = apps.get_model("accounts", "RoleAssignment")
    staff = RoleAssignment.objects.filter(role="staff", ended_at__isnull=True).values("person")
    User.objects.filter(pk__in=staff).update(is_staff=True)
    RoleAssignment.objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("accounts", "0003_german_groups")]

    operations = [migrations.RunPython(make_roles, make_flags)]
