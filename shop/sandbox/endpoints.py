"""Webhook endpoints: where events go, and the secrets that sign them."""

from urllib.parse import urlsplit

from shop.sandbox import errors, ids, metadata
from shop.sandbox.sandbox import Act, Sandbox
from shop.sandbox.shapes import Body, shape
from shop.sandbox.store import Store

CONFIGURED = "we_1configured"


def configure(sandbox: Sandbox) -> None:
    """The endpoint of the options is one like any other; a restart may bring another address or secret."""
    options = sandbox.options
    if options.webhook_url is not None:
        with sandbox.act() as act:
            point_configured_at(act, options.webhook_url, options.webhook_secret)


def point_configured_at(act: Act, url: str, secret: str | None) -> Body:
    _check_url(url)
    endpoint = act.store.find("webhook_endpoint", CONFIGURED) or _endpoint(act, CONFIGURED, url, ["*"])
    act.store.set("webhook_endpoint", endpoint | {"url": url})
    if secret or not act.store.find("secret", CONFIGURED):
        _keep_secret(act.store, CONFIGURED, secret or ids.new("whsec_", 32))
    return {"url": url, "secret": secrets_of(act.store, CONFIGURED, act.now)[0]}


def create(act: Act, params: Body) -> Body:
    _check_url(params["url"])
    endpoint = _endpoint(act, ids.new("we_1"), params["url"], _enabled(params["enabled_events"]))
    endpoint |= {"description": params.get("description") or None, "metadata": metadata.fresh(params)}
    endpoint["api_version"] = params.get("api_version")
    act.store.add("webhook_endpoint", endpoint)
    secret = ids.new("whsec_", 32)
    _keep_secret(act.store, endpoint["id"], secret)
    return endpoint | {"secret": secret}


def update(act: Act, endpoint: Body, params: Body) -> Body:
    if "url" in params:
        _check_url(params["url"])
        endpoint["url"] = params["url"]
    if "enabled_events" in params:
        endpoint["enabled_events"] = _enabled(params["enabled_events"])
    if "disabled" in params:
        endpoint["status"] = "disabled" if params["disabled"] else "enabled"
    if "description" in params:
        endpoint["description"] = params["description"] or None
    endpoint["metadata"] = metadata.merged(endpoint["metadata"], params)
    return act.store.change("webhook_endpoint", endpoint)


def delete(act: Act, endpoint: Body) -> Body:
    act.store.remove("webhook_endpoint", endpoint["id"])
    act.store.remove("secret", endpoint["id"])
    return {"id": endpoint["id"], "object": "webhook_endpoint", "deleted": True}


def listening_to(store: Store, event_type: str) -> list[Body]:
    return [
        endpoint
        for endpoint in store.all("webhook_endpoint", ("$.status =", "enabled"))
        if {"*", event_type} & set(endpoint["enabled_events"])
    ]


def rotate(act: Act, endpoint_id: str, secret: str | None, keep_old_for: int) -> Body:
    """For a while both secrets sign, so that a shop can change its own without losing an event."""
    old = secrets_of(act.store, endpoint_id, act.now)[0]
    fresh = {"secret": secret or ids.new("whsec_", 32), "until": None}
    previous = [{"secret": old, "until": act.now + keep_old_for}] if keep_old_for else []
    act.store.set("secret", {"id": endpoint_id, "secrets": [fresh, *previous]})
    return {"webhook_endpoint": endpoint_id, "secret": fresh["secret"], "old_secret_signs_for": keep_old_for}


def secrets_of(store: Store, endpoint_id: str, now: int) -> list[str]:
    kept = store.find("secret", endpoint_id) or {"secrets": []}
    return [entry["secret"] for entry in kept["secrets"] if entry["until"] is None or entry["until"] > now]


def _keep_secret(store: Store, endpoint_id: str, secret: str) -> None:
    store.set("secret", {"id": endpoint_id, "secrets": [{"secret": secret, "until": None}]})


def _endpoint(act: Act, endpoint_id: str, url: str, enabled: list[str]) -> Body:
    return shape(
        "webhook_endpoint",
        id=endpoint_id,
        created=act.now,
        enabled_events=enabled,
        metadata={},
        status="enabled",
        url=url,
    )


def _enabled(types: list[str]) -> list[str]:
    if not types:
        raise errors.empty("enabled_events")
    return types


def _check_url(url: str) -> None:
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise errors.invalid("Not a valid URL", "url", "url_invalid")
