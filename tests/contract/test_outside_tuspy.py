"""A stranger's tus client, tuspy, against the real central over TLS: uploads a photo, and goes on after a cut."""
