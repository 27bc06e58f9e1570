"""What a test wants to go wrong with the API, how often, and where."""

from fnmatch import fnmatchcase

from shop.sandbox import errors, ids
from shop.sandbox.errors import ApiError
from shop.sandbox.shapes import Body
from shop.sandbox.store import Store

DEFAULTS: Body = {
    "method": "*",
    "path": "/v1/*",
    "times": 1,
    "latency": 0,
    "status": None,
    "effect": False,
    "kept": None,
    "should_retry": None,
    "close": None,
    "garbage": False,
    "deliver_first": False,
    "pay_first": None,
}


def add(store: Store, wanted: Body) -> Body:
    unknown = wanted.keys() - DEFAULTS.keys()
    if unknown:
        raise ValueError(f"A fault has no {', '.join(sorted(unknown))}; it has {', '.join(DEFAULTS)}.")
    if wanted.get("close") not in (None, "before", "after"):
        raise ValueError("close is before or after the effect.")
    return store.add("fault", {"id": ids.new("flt_"), **DEFAULTS, **wanted})


def take(store: Store, method: str, path: str) -> Body:
    """The oldest fault that fits, used up by one; what nobody wanted is a fault that does nothing."""
    for fault in store.all("fault"):
        if fnmatchcase(method, fault["method"]) and fnmatchcase(path, fault["path"]):
            if fault["times"] is not None:
                fault["times"] -= 1
            if fault["times"] == 0:
                store.remove("fault", fault["id"])
            else:
                store.change("fault", fault)
            return fault
    return DEFAULTS


def as_error(fault: Body) -> ApiError | None:
    status = fault["status"]
    if status is None:
        return None
    if status == 429:
        return errors.rate_limited()
    if status >= 500:
        # Stripe keeps a 500 under its idempotency key; a gateway in front of it would not.
        problem = errors.broken(status=status)
        problem.kept = status == 500 if fault["kept"] is None else bool(fault["kept"])
        return problem
    return ApiError(status, "The sandbox was asked to refuse this request.", kept=bool(fault["kept"]))
