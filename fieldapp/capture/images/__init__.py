"""Evidence images: facts read from a photo and pictures derived from it; the original is never changed."""
