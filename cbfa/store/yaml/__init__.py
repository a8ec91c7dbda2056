"""YAML files: a strict reader that knows the place of everything, and validation by the models of the core."""
