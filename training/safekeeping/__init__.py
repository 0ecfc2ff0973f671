"""The record in a second place: its anchors and its archives."""
