"""How heavy the first page is and how soon one sees something, in a real browser on a slow line with a slow phone."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from playwright.sync_api import Browser

# Lighthouse's slow 4G, and its slow phone: a quarter of the speed of this machine.
ROUND_TRIP = 150
BYTES_A_SECOND = 1_638_400 / 8
SLOWER = 4
# The largest thing on the page, as the browser reports it; asked for after everything has arrived.
_SEEN = """() => new Promise(tell => new PerformanceObserver(list => tell(list.getEntries().at(-1).startTime))
    .observe({type: "largest-contentful-paint", buffered: true}))"""


@dataclass(frozen=True, slots=True)
class Visit:
    """`bytes` over the wire, headers included, all that was loaded; `seen` the largest contentful paint in ms."""

    bytes: int
    requests: int
    seen: float


def visit(browser: Browser, address: str, session: str | None, *, round_trip: float = ROUND_TRIP) -> Visit:
    """The start page of somebody never seen before (`session` None) or signed in, with nothing kept from before."""
    context = browser.new_context(
        viewport={"width": 390, "height": 844},
        device_scale_factor=2,
        extra_http_headers={"X-Forwarded-Proto": "https"},
    )
    if session:
        context.add_cookies([{"name": "sessionid", "value": session, "url": address}])
    page = context.new_page()
    line = context.new_cdp_session(page)
    sizes: list[int] = []
    line.on("Network.loadingFinished", lambda said: sizes.append(said["encodedDataLength"]))
    line.send("Network.enable")
    line.send(
        "Network.emulateNetworkConditions",
        {
            "offline": False,
            "latency": round_trip,
            "downloadThroughput": BYTES_A_SECOND,
            "uploadThroughput": BYTES_A_SECOND / 2,
        },
    )
    line.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    page.goto(f"{address}/", wait_until="networkidle")
    seen = page.evaluate(_SEEN)
    assert urlsplit(page.url).path == "/"
    context.close()
    return Visit(sum(int(size) for size in sizes), len(sizes), seen)
