"""Entry point of the command line: `python -m kyodo_geo …`."""

from kyodo_geo.cli.app import main

main()
