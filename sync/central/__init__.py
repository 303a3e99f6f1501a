"""The reference central API: one city's server, on embedded SQLite, for the demo, tests and small cities.

``store`` holds what central knows, ``routes`` speak HTTP, ``composition`` puts them together, ``server``
listens and ``cli`` is the command line. Only tests and the command line import this package.
"""
