"""Pages as they were, and the file for a complaint."""

from carsite.past import as_it_was, complaint
