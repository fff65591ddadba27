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
    execute_from_command_line(sys.argv)
