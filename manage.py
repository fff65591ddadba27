#!/usr/bin/env python
"""The site's command line."""

import os
import sys

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "carsite.settings")
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line

    try:
        import carsite.settings  # noqa: F401
    except ImproperlyConfigured as problem:
        # A sentence for the operator, without the way it came.
        sys.exit(str(problem))
    from carsite import hindered

    try:
        execute_from_command_line(sys.argv)
    except Exception as problem:
        sentence = None if "--traceback" in sys.argv else hindered.why(problem)
        if not sentence:
            raise
        sys.exit(sentence)
