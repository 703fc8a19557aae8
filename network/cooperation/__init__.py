"""Fair cooperation: requests with consideration, agreements, proof of service, the ledger and the public balance."""
