"""tuspyserver behind uvicorn with TLS, for comparison: run by an environment of its own."""

import sys

import uvicorn
from fastapi import FastAPI
from tuspyserver import create_tus_router


def main() -> None:
    """Serve files into a folder on a port until told to stop."""
    port, chain, key, folder = sys.argv[1:]
    app = FastAPI()
    app.include_router(create_tus_router(prefix="files", files_dir=folder))
    uvicorn.run(app, host="127.0.0.1", port=int(port), ssl_certfile=chain, ssl_keyfile=key, log_level="error")


if __name__ == "__main__":
    main()
