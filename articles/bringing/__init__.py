"""*Bring in texts*: files given, looked at, mended and taken in, by the person who has them."""
