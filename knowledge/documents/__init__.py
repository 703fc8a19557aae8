"""What stands in the files for download, so that they are found by their words."""
