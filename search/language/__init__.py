"""How German text becomes comparable words: tokens, folding, stems, compound parts, repair, highlights."""
