"""What a process does that serves, beside answering: it says what it answered, and collects its garbage."""

from carsite.serving import garbage, logs
