"""Qt services: what lives beside the window (position, camera, replica worker, link to the daemon)."""
