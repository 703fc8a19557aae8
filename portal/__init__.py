"""The house: settings, sign-in, places, the shared ground and the home page."""
