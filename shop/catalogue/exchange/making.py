"""Pictures from the merchant's folder: looked at with suspicion, then made anew in the sizes that pages show.

Nothing of the file itself is served: what it is called, where and by whom it was taken, stays behind.
"""

import hashlib
import io
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from PIL import Image, ImageCms, ImageOps

from shop.catalogue.keeping import keep

WIDTHS = (320, 640, 960, 1280)
FORMATS = ("JPEG", "PNG", "WEBP", "AVIF")
LARGEST_FILE = 30 * 1024 * 1024
# A small file can unfold to gigabytes; no camera takes so many.
MOST_PIXELS = 80_000_000
# In bytes; file systems know no longer one.
LONGEST_NAME = 255
HOW: dict[str, dict[str, Any]] = {
    "avif": {"format": "AVIF", "quality": 60, "speed": 8},
    "webp": {"format": "WEBP", "quality": 80, "method": 4},
}


@dataclass(frozen=True, slots=True)
class Folder:
    """Where the pictures lie that a file names; without one, none is found."""

    path: Path | None

    def find(self, name: str) -> Path | None:
        """Nothing outside the folder, whatever the name says."""
        if self.path is None or len(name.encode()) > LONGEST_NAME:
            return None
        found = (self.path / name).resolve()
        return found if found.is_relative_to(self.path.resolve()) and found.is_file() else None


def digest(file: Path) -> str:
    return _digest(file, *_as_it_is(file))


def complaint(file: Path) -> str:
    """Why a file is not taken, in a sentence; an empty text where it is."""
    return _complaint(file, *_as_it_is(file))


def _as_it_is(file: Path) -> tuple[int, int]:
    now = file.stat()
    return now.st_mtime_ns, now.st_size


@cache
def _digest(file: Path, *_: int) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


@cache
def _complaint(file: Path, *_: int) -> str:
    if file.suffix.lower() == ".svg":
        return "An SVG is a program and not taken; save it as PNG."
    if file.stat().st_size > LARGEST_FILE:
        return f"The file is larger than {LARGEST_FILE // 1024 // 1024} MB."
    try:
        with Image.open(file, formats=FORMATS) as image:
            if image.width * image.height > MOST_PIXELS:
                return f"It has {image.width} × {image.height} pixels, which is more than can be shown."
            image.verify()
    except Image.DecompressionBombError:
        return "It has more pixels than can be shown."
    except Exception:  # noqa: BLE001 - decoders fail in many ways, and each means the same
        return f"This is no picture in one of the formats {', '.join(FORMATS)}, or it is broken."
    return ""


def make(file: Path) -> dict[str, Any]:
    """What a row of Picture says of its files, which lie in SHOP_MEDIA then. A broken file raises OSError."""
    with Image.open(file, formats=FORMATS) as opened:
        image = _plain(_smaller(opened))
    sizes: list[dict[str, Any]] = []
    for width in _widths(image.width):
        height = max(1, round(image.height * width / image.width))
        shown = image if width == image.width else image.resize((width, height), Image.Resampling.LANCZOS)
        for extension, how in HOW.items():
            encoded = io.BytesIO()
            shown.save(encoded, **how)
            kept = keep(encoded.getvalue(), extension)
            sizes.append({"width": width, "height": height, "digest": kept, "extension": extension})
    largest = sizes[-1]
    return {
        "width": largest["width"],
        "height": largest["height"],
        "digest": largest["digest"],
        "extension": largest["extension"],
        "sizes": [{name: size[name] for name in ("width", "digest", "extension")} for size in sizes],
        "source": digest(file),
    }


def _smaller(opened: Image.Image) -> Image.Image:
    """No larger than it is ever shown; a photo is not even decoded larger."""
    if opened.mode == "I;16":
        opened = opened.convert("I").point(lambda level: level / 256).convert("L")
    elif opened.mode in ("1", "P"):
        opened = opened.convert("RGBA" if "transparency" in opened.info else "RGB")
    # Either side: it may have to be turned.
    opened.thumbnail((2 * WIDTHS[-1], 2 * WIDTHS[-1]), Image.Resampling.LANCZOS)
    return opened


def _plain(opened: Image.Image) -> Image.Image:
    """Upright, in the colours of the web, and with nothing beside its pixels."""
    upright = ImageOps.exif_transpose(opened)
    profile = upright.info.get("icc_profile")
    see_through = upright.mode in ("RGBA", "LA", "PA") or "transparency" in upright.info
    plain = upright.convert("RGBA" if see_through else "RGB") if upright.mode != "CMYK" else upright
    if profile:
        plain = _in_srgb(plain, profile)
    plain = plain.convert("RGBA" if see_through else "RGB")
    bare = Image.new(plain.mode, plain.size)
    bare.paste(plain)
    return bare


def _in_srgb(image: Image.Image, profile: bytes) -> Image.Image:
    try:
        own = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        mode = "RGB" if image.mode == "CMYK" else image.mode
        return ImageCms.profileToProfile(image, own, ImageCms.createProfile("sRGB"), outputMode=mode) or image
    except (ImageCms.PyCMSError, OSError):
        # A profile for another kind of picture than this is: the colours stay as they are.
        return image


def _widths(width: int) -> list[int]:
    smaller = [each for each in WIDTHS if each < width]
    return [*smaller, width] if width <= WIDTHS[-1] else list(WIDTHS)
