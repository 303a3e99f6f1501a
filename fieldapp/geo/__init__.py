"""Pure geodesy: positions and their quality, distances, grid cells, and the shift of Chinese screen maps."""
