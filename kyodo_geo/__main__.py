"""`python -m kyodo_geo …`: the command line."""

from kyodo_geo.cli.app import main

main()
