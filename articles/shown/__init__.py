"""What a guide's page shows beside its text: numbers to call, what else to read, what machines are told."""
