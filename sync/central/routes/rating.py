"""The visited party's rating: a small page behind the QR it was shown, and the one request that page makes.

Neither needs a token: who holds the code of a visit may rate it, once. The code stands behind the ``#`` of
the link, which no browser sends, so the page hands it over in the body.
"""

from __future__ import annotations

import msgspec
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from sync.central.routes.exchange import answer, central_of, read_json

PAGE_HEADERS = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; connect-src 'self';"
        " base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
}
_PAGE = """<!doctype html><html lang="zh"><meta charset="utf-8"><title>检查评价 Rating</title>
<meta name="viewport" content="width=device-width,initial-scale=1">
<style>body{font:18px sans-serif;margin:2em auto;max-width:30em;padding:0 1em}
button{font-size:32px;min-width:56px;min-height:56px;margin:4px}textarea{width:100%;font:inherit}</style>
<h1>请评价本次检查<br><small>Please rate this visit</small></h1>
<p><textarea id="note" rows="4" maxlength="500" placeholder="意见（可不填） Comment (optional)"></textarea>
<p id="stars"></p><p id="said" role="status"></p>
<script>
const said = document.getElementById("said"), stars = document.getElementById("stars");
const words = {
  visit_unknown: "记录尚未上传或二维码有误，请稍后再试。 Not here yet, or a wrong code.",
  already_rated: "已经评价过。 Already rated.",
  too_many_attempts: "尝试过多，请稍后再试。 Too many tries. Wait a little.",
};
async function rate(count) {
  said.textContent = "…";
  try {
    const note = document.getElementById("note").value;
    const reply = await fetch(location.pathname, {
      method: "POST",
      headers: {"Content-Type": "application/json"},
      body: JSON.stringify({code: location.hash.slice(1), stars: count, note}),
    });
    const told = await reply.json();
    said.textContent = reply.ok ? "谢谢！ Thank you." : words[told.code] || "未能提交。 Not taken.";
    if (reply.ok) stars.remove();
  } catch (error) { said.textContent = "没有网络。 No network."; }
}
for (let count = 1; count <= 5; count++) {
  const star = document.createElement("button");
  star.textContent = count + "★";
  star.onclick = () => rate(count);
  stars.append(star);
}
</script></html>"""


class Rating(msgspec.Struct, frozen=True):
    """One to five stars, with the code of the QR."""

    code: str
    stars: int
    note: str = ""


class Rated(msgspec.Struct, frozen=True):
    """It was taken."""

    visit_id: str
    stars: int


async def page(_request: Request) -> Response:
    """``GET /v1/visits/{visit_id}/rating``: the same page for every visit: it tells nothing of any."""
    return HTMLResponse(_PAGE, headers=PAGE_HEADERS)


async def rate(request: Request) -> Response:
    """``POST /v1/visits/{visit_id}/rating``."""
    central = central_of(request)
    given = await read_json(request, Rating)
    visit_id = str(request.path_params["visit_id"])
    await central.work(central.visits.rate, visit_id, given.code, given.stars, given.note)
    return answer(Rated(visit_id, given.stars))
