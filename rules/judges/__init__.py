"""How each shape of clock is judged, one module a shape."""
