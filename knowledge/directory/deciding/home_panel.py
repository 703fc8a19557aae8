"""What waits for the editors of the directory, on the start page of the editing interface."""

from wagtail.admin.ui.components import Component

from knowledge.directory.deciding import freshness


class WaitingPanel(Component):
    """How many proposals and proofs wait; nothing is shown where none do."""

    name = "directory-waiting"
    template_name = "knowledge/directory/deciding/home_panel.html"
    order = 60

    def get_context_data(self, parent_context):
        """Count what waits."""
        return {"waiting": freshness.waiting()}
