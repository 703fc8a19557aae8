"""Takes the text out of a file, page by page; knows neither Django nor the database."""
