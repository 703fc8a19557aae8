"""Take over as the chosen audience what held so far."""

from django.db import migrations, models

MODELS = ("HomePage", "ContentPage")


def choose(apps, schema_editor):
    for name in MODELS:
        apps.get_model("home", name).objects.update(chosen_audience=models.F("audience"))


class Migration(migrations.Migration):
    dependencies = [("home", "0002_chosen_audience")]

    # Backwards nothing is to be done: the audience that holds stays where it was.
    operations = [migrations.RunPython(choose, migrations.RunPython.noop)]
