"""Deterministic simulation: several tablets and a central in one process, on virtual time, network and disk.

    plot (from one seed) → world of events → people, office, faults act on real product code
                        └→ after every step the checker holds the invariants; at the end everything heals

Described in resources/docs/simulation.md. ``python -m tests.fault.simulation --seed N --trace`` replays one.
"""
