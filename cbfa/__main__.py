"""`python -m cbfa` does what `cbfa` does."""

from cbfa.cli.main import main

if __name__ == "__main__":
    main()
