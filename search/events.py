"""What happens on the pages of the search that other rooms may want to hear of."""

from django.dispatch import Signal

#: A page of results was made; sent with `request` and `page` (search.results.ResultsPage).
answered = Signal()
