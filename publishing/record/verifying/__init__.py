"""Whether the record holds: everything made anew and compared, and a line proven outside the machine."""
