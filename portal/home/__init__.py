"""The front door: home page, ordinary pages, navigation, contact and the demo content."""
