"""What people type, until it is saved: buffers, and forms that arrive twice."""
