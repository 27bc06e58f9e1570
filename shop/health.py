"""Whether this process can serve, for whoever watches it."""

from litestar import get
from litestar.response import Response

from shop.database import run


@get("/health")
async def health() -> Response[str]:
    try:
        await run('SELECT "id" FROM "installation"')
    except Exception as problem:  # noqa: BLE001 - whatever it is, it is the reason why nothing can be served
        return Response(
            f"the database does not answer: {type(problem).__name__}",
            status_code=503,
            media_type="text/plain",
        )
    return Response("ok", media_type="text/plain")
