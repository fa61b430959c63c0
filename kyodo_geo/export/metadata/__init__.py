"""Machine-readable descriptions beside a file: manifest, Data Package, CSVW."""
