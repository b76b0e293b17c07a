SELECT ledger, number, restored FROM sending
