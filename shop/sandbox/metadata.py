from shop.sandbox import errors
from shop.sandbox.shapes import Body

MOST_KEYS, LONGEST_KEY, LONGEST_VALUE = 50, 40, 500


def check(params: Body) -> None:
    """Wherever metadata stands among the parameters, the same limits hold."""
    for name, value in params.items():
        if name == "metadata" and isinstance(value, dict):
            _check(value)
        elif isinstance(value, dict):
            check(value)
        elif isinstance(value, list):
            for element in value:
                if isinstance(element, dict):
                    check(element)


def _check(metadata: dict[str, str]) -> None:
    if len(metadata) > MOST_KEYS:
        raise errors.invalid(f"You can only have {MOST_KEYS} keys in metadata.", "metadata")
    for key, value in metadata.items():
        if len(key) > LONGEST_KEY:
            raise errors.invalid(
                f"Metadata keys can have up to {LONGEST_KEY} characters, but you passed in a key that is "
                f"{len(key)} characters. Invalid key: {key}",
                "metadata",
            )
        if len(value) > LONGEST_VALUE:
            raise errors.invalid(
                f"Metadata values can have up to {LONGEST_VALUE} characters, but you passed in a value that "
                f"is {len(value)} characters. Invalid value: {value}",
                f"metadata[{key}]",
            )


def fresh(params: Body) -> dict[str, str]:
    """At creation an empty value is a key that is not set."""
    return {key: value for key, value in (params.get("metadata") or {}).items() if value != ""}


def merged(old: dict[str, str] | None, params: Body) -> dict[str, str]:
    """An update adds keys, an empty value removes its key, and an empty `metadata` removes them all."""
    sent = params.get("metadata")
    if sent == "":
        return {}
    both = (old or {}) | (sent or {})
    result = {key: value for key, value in both.items() if value != ""}
    if len(result) > MOST_KEYS:
        raise errors.invalid(f"You can only have {MOST_KEYS} keys in metadata.", "metadata")
    return result
