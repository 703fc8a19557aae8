"""What the worker does with long lists (`manage.py db_worker --backend background`)."""

from django_tasks import task

from portal.shared.background import BACKGROUND


@task(backend=BACKGROUND)
def take_list_over(pk: int) -> None:
    """Take over a list that was started."""
    from knowledge.directory.importing.taking import take_over

    take_over(pk=pk)


@task(backend=BACKGROUND)
def undo_list(pk: int, person_pk: int) -> None:
    """Undo an import with many entries."""
    from knowledge.directory.importing.undoing import undo_left_to_the_worker
    from knowledge.directory.models import DirectoryImport
    from portal.accounts.models import User

    undo_left_to_the_worker(by=User.objects.get(pk=person_pk), listed=DirectoryImport.objects.get(pk=pk))
