"""Acts on one text: publish, withdraw, restore, erase, each on a page of its own."""
