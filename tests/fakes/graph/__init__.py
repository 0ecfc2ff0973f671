"""A stand-in for Microsoft Graph and the place where its tokens come from, answering without a line in between."""
