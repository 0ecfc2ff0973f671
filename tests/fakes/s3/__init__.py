"""An S3-compatible bucket on loopback, strict about signatures and bodies, with faults on demand."""
