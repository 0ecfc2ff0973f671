"""The methods of the Web API that the stand-in knows, each room of them in a module."""
