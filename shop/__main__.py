"""`python -m shop`. Each command imports what it needs when it runs, so that --help answers at once."""

import os
import signal
import sys

from shop.serving.commands.carrying_out import carry_out
from shop.serving.commands.kinds import DONE, INTERRUPTED, USAGE
from shop.serving.commands.parser import parser


def main(arguments: list[str] | None = None) -> int:
    chosen = parser().parse_args(arguments)
    # What stops a service politely is the same as Ctrl-C.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        return carry_out(chosen.command, chosen)
    except KeyboardInterrupt:
        return INTERRUPTED if chosen.command.answers else DONE
    except BrokenPipeError:
        # Whoever read the answer has read enough of it; nothing more may be said to them at the end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except Exception as problem:
        if type(problem).__name__ != "BadSetting":
            raise
        print(problem, file=sys.stderr)
        return USAGE


if __name__ == "__main__":
    sys.exit(main())
