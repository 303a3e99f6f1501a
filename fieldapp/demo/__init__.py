"""The demo: a central with a demo city on loopback, the sync daemon and the app, all on one machine."""
