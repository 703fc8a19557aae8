"""Which queue takes what may last longer than a request; the worker is `manage.py db_worker --backend background`."""

#: The name in TASKS. The default queue stays immediate for what Wagtail itself hands over: its index of references
#: and the removal of files belong to the act that caused them, and no worker that stands still may delay them.
BACKGROUND = "background"
