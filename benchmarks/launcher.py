"""Starts a program, waits for it, and prints the most bytes that it had resident at once.

The system counts to a program what the one that started it had in memory at that moment. So a large program cannot ask this of a small one,
and this file imports next to nothing. It needs `os.wait4`, which Windows lacks.
"""

import os
import sys

KIB = 1024
"""The unit of `ru_maxrss` on Linux; elsewhere it is the byte."""


def main() -> None:
    """Runs the command in the arguments with its output thrown away, and ends with its exit code."""
    if sys.platform == "win32":
        sys.exit("Windows does not say how much memory a program had")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    child = os.posix_spawnp(sys.argv[1], sys.argv[1:], os.environ, file_actions=[(os.POSIX_SPAWN_DUP2, nowhere, 1)])
    _, status, usage = os.wait4(child, 0)
    print(usage.ru_maxrss * (KIB if sys.platform == "linux" else 1))
    sys.exit(os.waitstatus_to_exitcode(status))


if __name__ == "__main__":
    main()
