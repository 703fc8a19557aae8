"""Finding: takes records from the rooms above and answers questions about them; knows records, not pages."""
