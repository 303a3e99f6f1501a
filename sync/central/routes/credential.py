"""The other side checks an officer's credential: a small page behind the QR it was shown, and what that asks.

Neither needs a token. The credential stands behind the ``#`` of the link, which no browser sends, so the page
hands it over in the body. Nothing is told that the credential does not say itself, but whether to believe it.
"""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

import msgspec
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from sync.central.composition import Central
from sync.central.routes.exchange import answer, central_of, read_json
from sync.central.routes.rating import PAGE_HEADERS
from sync.central.store.city import city_of
from sync.central.store.store import get_row
from sync.contract.credential_qr import PAGE, CredentialStanding, read_credential, standing_of
from sync.contract.tables import OFFICER

_PAGE = """<!doctype html><html lang="zh"><meta charset="utf-8"><title>核对执法证件 Credential</title>
<meta name="viewport" content="width=device-width,initial-scale=1">
<style>body{font:18px sans-serif;margin:2em auto;max-width:30em;padding:0 1em}
#said{font-size:24px;padding:.6em;border:2px solid}
dt{color:#555;margin-top:.6em}dd{margin:0;font-size:22px}</style>
<h1>核对执法证件<br><small>Check an officer's credential</small></h1>
<p id="said" role="status">…</p><dl id="facts"></dl>
<p>请与对方的姓名、编号和工作证比对。 Compare name and number with the officer's card.</p>
<script>
const said = document.getElementById("said"), facts = document.getElementById("facts");
const words = {
  good: "✓ 有效 Genuine and valid", ended: "✕ 已过期 Past its last day", not_yet: "✕ 尚未生效 Not valid yet",
  inactive: "✕ 该人员已不在岗或岗位已变 No longer on duty", altered: "✕ 内容被改动 Altered",
  forged: "✕ 不是本市签发 Not signed by this city", credential_broken: "✕ 二维码不完整 Not a whole code",
};
const colours = {good: "#146c2e"};
const labels = [["name", "姓名 Name"], ["officer_id", "编号 Number"], ["squad", "队伍 Squad"],
  ["city", "城市 City"], ["valid_from", "自 From"], ["valid_to", "至 To"]];
function put(kind, text) {
  const item = document.createElement(kind);
  item.textContent = text;
  facts.append(item);
}
async function check() {
  facts.textContent = "";
  try {
    const reply = await fetch(location.pathname, {
      method: "POST",
      headers: {"Content-Type": "application/json"},
      body: JSON.stringify({code: location.hash.slice(1)}),
    });
    const told = await reply.json();
    const word = reply.ok ? told.standing : told.code;
    said.textContent = words[word] || "未能核对。 Could not be checked.";
    said.style.color = colours[word] || "#b3261e";
    if (reply.ok && word !== "altered" && word !== "forged")
      for (const [name, label] of labels) { put("dt", label); put("dd", told[name]); }
  } catch (error) { said.textContent = "没有网络。 No network."; }
}
addEventListener("hashchange", check);
check();
</script></html>"""


class CredentialAsked(msgspec.Struct, frozen=True):
    """What stands behind the ``#`` of the QR's link."""

    code: str


class CredentialTold(msgspec.Struct, frozen=True):
    """What the credential says, and whether to believe it."""

    standing: CredentialStanding
    officer_id: str
    name: str
    squad: str
    city: str
    valid_from: date
    valid_to: date


async def page(_request: Request) -> Response:
    """``GET /v1/credential``: the same page for everybody."""
    return HTMLResponse(_PAGE, headers=PAGE_HEADERS)


async def check(request: Request) -> Response:
    """``POST /v1/credential``; ``credential_broken``."""
    central = central_of(request)
    asked = await read_json(request, CredentialAsked)
    return answer(await central.work(_told, central, asked.code))


def _told(central: Central, code: str) -> CredentialTold:
    credential, seal = read_credential(f"https://central{PAGE}#{code}", central.signing.public_hex)
    with central.store.reading() as db:
        officer = get_row(db, OFFICER.name, credential.officer_id)
        day = central.world.now().astimezone(ZoneInfo(city_of(db).zone)).date()
    active = officer is not None and bool(officer["active"]) and officer["role"] == credential.role
    return CredentialTold(
        standing_of(credential, seal, day, active=active),
        credential.officer_id,
        credential.name,
        credential.squad,
        credential.city_zh,
        credential.valid_from,
        credential.valid_to,
    )
