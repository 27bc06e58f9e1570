"""Stripe's errors, in Stripe's words."""

from typing import Any

from shop.sandbox.shapes import Body

DOCS = "https://stripe.com/docs/error-codes/"


class ApiError(Exception):
    """`kept`: what was done before it stays done, and its idempotency key replays it."""

    def __init__(
        self,
        status: int,
        message: str,
        *,
        kind: str = "invalid_request_error",
        code: str | None = None,
        param: str | None = None,
        kept: bool = False,
        **more: Any,
    ) -> None:
        super().__init__(message)
        self.status = status
        self.kept = kept
        self.error: Body = {"message": message, "type": kind}
        if code:
            self.error |= {"code": code, "doc_url": DOCS + code.replace("_", "-")}
        if param:
            self.error["param"] = param
        self.error |= more

    def body(self, request_log_url: str) -> Body:
        return {"error": dict(sorted((self.error | {"request_log_url": request_log_url}).items()))}


def invalid(message: str, param: str | None = None, code: str | None = None) -> ApiError:
    return ApiError(400, message, param=param, code=code)


def missing(param: str) -> ApiError:
    return invalid(f"Missing required param: {param}.", param, "parameter_missing")


def unknown(params: list[str]) -> ApiError:
    plural = "s" if len(params) > 1 else ""
    return invalid(f"Received unknown parameter{plural}: {', '.join(params)}", params[0], "parameter_unknown")


def empty(param: str) -> ApiError:
    return invalid(
        f"You passed an empty string for '{param}'. We assume empty values are an attempt to unset a field; "
        f"however '{param}' cannot be unset. You should remove '{param}' from your request or supply a "
        "non-empty value.",
        param,
        "parameter_invalid_empty",
    )


def no_such(kind: str, name: str, param: str = "id", status: int = 404) -> ApiError:
    return ApiError(status, f"No such {kind}: '{name}'", code="resource_missing", param=param)


def unexpected_state(message: str, **more: Any) -> ApiError:
    return ApiError(400, message, code="payment_intent_unexpected_state", **more)


def not_emulated(param: str) -> ApiError:
    return invalid(f"The sandbox does not emulate '{param}'; docs/sandbox.md lists what it does.", param)


def unknown_address(method: str, path: str) -> ApiError:
    return ApiError(
        404, f"Unrecognized request URL ({method}: {path}). The sandbox serves what docs/sandbox.md lists."
    )


def key_missing() -> ApiError:
    return ApiError(
        401,
        "You did not provide an API key. You need to provide your API key in the Authorization header, using "
        "Bearer auth (e.g. 'Authorization: Bearer YOUR_SECRET_KEY').",
    )


def key_refused(key: str) -> ApiError:
    stars = "*" * max(len(key) - 12, 4)
    return ApiError(401, f"Invalid API Key provided: {key[:8]}{stars}{key[-4:]}")


def live_key() -> ApiError:
    return ApiError(403, "This is a sandbox: it refuses live keys. Use a key that begins with sk_test_.")


def publishable_key() -> ApiError:
    return ApiError(
        401, "This API call cannot be made with a publishable API key. Please use a secret API key.",
        code="secret_key_required",
    )  # fmt: skip


def wrong_version(asked: str, spoken: str) -> ApiError:
    return invalid(f"Invalid Stripe API version: {asked}. The sandbox speaks {spoken} only.")


def other_parameters(key: str) -> ApiError:
    return ApiError(
        400,
        "Keys for idempotent requests can only be used with the same parameters they were first used with. "
        f"Try using a key other than '{key}' if you meant to execute a different request.",
        kind="idempotency_error",
    )


def other_endpoint(key: str, path: str) -> ApiError:
    return ApiError(
        400,
        "Keys for idempotent requests can only be used for the same endpoint they were first used for "
        f"('{path}'). Try using a key other than '{key}' if you meant to execute a different request.",
        kind="idempotency_error",
    )


def key_in_use(key: str) -> ApiError:
    return ApiError(
        409,
        f"There is currently another in-progress request using this Idempotent Key ({key}), that "
        "probably means you submitted twice, and the other request is still going through. Please try "
        "again later.",
        code="idempotency_key_in_use",
    )


def rate_limited() -> ApiError:
    return ApiError(
        429,
        "Request rate limit exceeded. Learn more about rate limits here https://stripe.com/docs/rate-limits.",
        code="rate_limit",
    )


def broken(message: str = "An unknown error occurred.", status: int = 500) -> ApiError:
    return ApiError(status, message, kind="api_error", kept=True)
