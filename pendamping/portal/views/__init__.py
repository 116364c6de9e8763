"""The pages everyone may read: no session, no cookie, cacheable."""
