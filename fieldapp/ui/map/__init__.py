"""The offline map as QML items drawn by QPainter: the city map and the sketch of one route."""
