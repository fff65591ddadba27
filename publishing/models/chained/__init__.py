"""Lines that are only ever added to: the ledger, the access record, and by whose hand each act is done."""
