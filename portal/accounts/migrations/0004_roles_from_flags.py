"""Turn flags and groups of accounts into roles; municipal staff without a municipality become members."""

from django.db import migrations

ROLE_OF_GROUP = {"Redaktion": "editor", "Autorinnen und Autoren": "author"}


def make_roles(apps, schema_editor):
    people, roles = apps.get_model("accounts", "User"), apps.get_model("accounts", "RoleAssignment")
    for person in people.objects.filter(is_superuser=True):
        roles.objects.create(person=person, role="administrator")
    for name, role in ROLE_OF_GROUP.items():
        for person in people.objects.filter(groups__name=name):
            roles.objects.create(person=person, role=role)
    for person in people.objects.filter(is_staff=True, is_superuser=False, municipality__isnull=False):
        roles.objects.create(person=person, role="staff", scope_kind="municipality", scope_id=person.municipality_id)


def make_flags(apps, schema_editor):
    people, roles = apps.get_model("accounts", "User"), apps.get_model("accounts", "RoleAssignment")
    staff = roles.objects.filter(role="staff", ended_at__isnull=True).values("person")
    people.objects.filter(pk__in=staff).update(is_staff=True)
    roles.objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("accounts", "0003_german_groups")]

    operations = [migrations.RunPython(make_roles, make_flags)]
