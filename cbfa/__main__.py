"""The entry point: `cbfa`, and `python -m cbfa`."""

import gc

# A run is short and makes few reference cycles; searching for them during the imports slows `cbfa status` down.
gc.disable()

try:
    from cbfa.cli.main import main
except KeyboardInterrupt:  # a user may change their mind while the program starts
    raise SystemExit(130) from None

if __name__ == "__main__":
    main()
