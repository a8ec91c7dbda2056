"""YAML files: a strict reader with places, and validation by the models of the core."""
