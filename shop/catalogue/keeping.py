"""Files for SHOP_MEDIA, each under the digest of its bytes: written once, and never changed."""

import hashlib
import tempfile
from pathlib import Path

from shop.settings import settings


def keep(content: bytes, extension: str) -> str:
    """The digest under which the file lies from now on."""
    digest = hashlib.sha256(content).hexdigest()
    target = settings().media / f"{digest}.{extension}"
    if not target.exists():
        target.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=target.parent, delete=False) as new:
            new.write(content)
        written = Path(new.name)
        written.chmod(0o644)
        # Whoever asks meanwhile finds the whole file or none.
        written.replace(target)
    return digest
