"""Templates written as Python: a page is put together by straight lines of code, which take a third of the time.

Django walks a template node by node each time and looks each name up through a stack of scopes. Here its own parsed
nodes are written as one function, once in a process; what a template says by itself is translated once in a language.
Nodes that are not known here are left to Django, and a template that cannot be written is Django's whole. This leans on
what Django does not promise: carsite/tests/test_templating.py holds both ways beside each other.
"""

from carsite.reader.templating.loading import Loader as Loader
from carsite.reader.templating.parts import spoken as spoken
