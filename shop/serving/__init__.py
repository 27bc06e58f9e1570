"""Everything that `python -m shop` does around the application: ports, migrations, processes."""
