"""The vault: one encrypted database of all tenders, its keys, its versions and its backups.

`vault` is the way in; `opening` makes, looks at and opens one. Only this room knows SQLAlchemy, SQLCipher, Alembic and the
keyring, and only `engine` knows SQLite: schema and queries run on PostgreSQL as they are. `ready` is a part of it: the questions
of `asked` in its own words, so that tenders are listed and opened before SQLAlchemy is there. It must not judge what it keeps.
"""
