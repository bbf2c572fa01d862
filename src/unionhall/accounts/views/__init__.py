"""The doors of accounts: members' entrance, staff's entrance, the account's own page, the guard before the Hall."""
