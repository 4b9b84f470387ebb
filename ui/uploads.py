"""Take files from the browser, one a request, into the folder of articles: the one way in beside Gradio's own."""

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from .library import LARGEST_FILE, Library, LibraryError

__all__ = ["upload_route"]


def upload_route(path: str, library: Library) -> Route:
    """Make the route that adds a file: its bytes are the body, its name the query's `name`.

    Answers {"source"}, or {"reason"} for a file that is refused; a body that is too large is not read on.
    """

    async def add(request: Request) -> Response:
        content = bytearray()
        async for piece in request.stream():
            content += piece
            if len(content) > LARGEST_FILE:
                return JSONResponse({"reason": f"larger than {LARGEST_FILE // 1_000_000} MB"})
        try:
            source = await run_in_threadpool(library.add, request.query_params.get("name", ""), bytes(content))
        except LibraryError as error:
            return JSONResponse({"reason": str(error)})
        return JSONResponse({"source": source})

    return Route(path, add, methods=["POST"])
