"""The search for programs: the same question and the same audiences as the page, answered as JSON."""
