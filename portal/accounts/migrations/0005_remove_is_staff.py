"""Remove the flag of municipal staff, which a role has replaced."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("accounts", "0004_roles_from_flags")]

    operations = [
        # No release with this column is in production anywhere, so nothing older still writes it.
        migrations.RemoveField(model_name="user", name="is_staff"),
    ]
