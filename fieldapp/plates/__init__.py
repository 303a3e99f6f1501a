"""Number plates read from pictures, on the device.

The extra ``plates`` brings what this needs; without it everything else works.
"""
