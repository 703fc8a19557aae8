"""Let two people invite the same address to different things without learning of each other."""

from django.db import migrations, models
from django.db.models.functions import Coalesce, Lower


class Migration(migrations.Migration):
    dependencies = [("accounts", "0005_remove_is_staff"), ("places", "0001_initial")]

    operations = [
        migrations.RemoveConstraint(model_name="invitation", name="invitation_once_open_per_address"),
        migrations.AddConstraint(
            model_name="invitation",
            constraint=models.UniqueConstraint(
                Lower("email"),
                models.F("role"),
                models.F("scope_kind"),
                Coalesce("scope_id", 0),
                Coalesce("municipality", models.Value(0), output_field=models.BigIntegerField()),
                condition=models.Q(accepted_at__isnull=True, revoked_at__isnull=True),
                name="invitation_once_open_per_purpose",
                violation_error_message="There is an open invitation to this address. Send it again instead.",
            ),
        ),
    ]
