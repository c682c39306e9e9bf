"""The database: tables, one file of queries per subject, migrations, the audit log."""
