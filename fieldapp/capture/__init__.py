"""Use cases: one act of a person is one transaction, the photo first."""
