"""`make test`: SQLite and PostgreSQL at the same time, one after the other on the screen."""

import signal
import subprocess
import sys
from tempfile import TemporaryFile

PYTEST = [sys.executable, "-m", "pytest", "--color=auto"]


def main(arguments: list[str]) -> int:
    with TemporaryFile() as said:
        postgres = subprocess.Popen(
            [*PYTEST, "--database=postgres", *arguments],
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=subprocess.STDOUT,
        )
        try:
            print("On SQLite; PostgreSQL follows", flush=True)
            on_sqlite = subprocess.run([*PYTEST, "--database=sqlite", *arguments], check=False).returncode
            on_postgres = postgres.wait()
        finally:
            if postgres.poll() is None:
                postgres.send_signal(signal.SIGINT)
                postgres.wait()
        said.seek(0)
        print("\nOn PostgreSQL", flush=True)
        sys.stdout.buffer.write(said.read())
    return on_sqlite or on_postgres


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
