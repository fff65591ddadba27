"""What stands beside the guides: the word list, and the pages that every site needs."""

from articles.beside.first import take_first
