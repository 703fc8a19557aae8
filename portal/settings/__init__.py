"""Settings by purpose: base, dev, test and production; only `environment` reads the environment."""
