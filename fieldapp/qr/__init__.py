"""QR codes in pictures and frames: reading them, and what they are to this tablet."""
