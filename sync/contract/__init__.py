"""What both ends must agree on: records, the case life cycle, codes, plates, errors and the wire format.

Everything here is pure: no files, no network, no database, no clock.
"""
