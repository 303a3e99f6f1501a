"""The field app: the only place that may import Qt."""
