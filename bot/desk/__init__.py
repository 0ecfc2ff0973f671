"""The local desk: several people's conversations side by side in a browser, for looking at and for trying out."""
