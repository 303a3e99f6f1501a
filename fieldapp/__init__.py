"""The field app: the only place that may import Qt."""

__version__ = "0.1.0"
