import hashlib
import hmac


def signature_header(payload: bytes, secrets: list[str], timestamp: int) -> str:
    """While a secret is being changed there are two, and Stripe signs with both."""
    signatures = [_sign(payload, secret, timestamp) for secret in secrets]
    return ",".join([f"t={timestamp}", *(f"v1={signature}" for signature in signatures)])


def _sign(payload: bytes, secret: str, timestamp: int) -> str:
    signed = f"{timestamp}.".encode() + payload
    return hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest()
