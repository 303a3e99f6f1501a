"""The place kept for the here-and-now verdict on a truck: may it be here, now, with this load?

Pure: a permit, a blacklist, a place and a time go in as values of sync.contract; a verdict comes out.
"""
