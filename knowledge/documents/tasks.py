"""What the worker does for this room (`manage.py db_worker --backend background`)."""

from django_tasks import task

from portal.shared.background import BACKGROUND


@task(backend=BACKGROUND)
def read_document(pk: int) -> str:
    """Read one file; the return value tells its state to whoever looks through the finished tasks."""
    from knowledge.documents.actions import read_text

    text = read_text(pk=pk)
    return str(text.state) if text else ""
