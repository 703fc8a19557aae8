"""The pages of cooperation, one module for each thing that they are about."""
