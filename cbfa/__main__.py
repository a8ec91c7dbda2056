"""The entry point: `cbfa`, and `python -m cbfa`."""

import gc

# A run is short and makes few reference cycles; searching for them during the imports slows `cbfa status` down.
gc.disable()

from cbfa.cli.main import main  # noqa: E402 - after gc is off

if __name__ == "__main__":
    main()
