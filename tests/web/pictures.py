"""Pictures for the README, small enough to be kept with the code: as PNG with a palette of 256 colours."""

import base64
import struct
import zlib

from playwright.sync_api import Page

_QUANTISED = """
async (address) => {
  const picture = await createImageBitmap(await (await fetch(address)).blob());
  const canvas = new OffscreenCanvas(picture.width, picture.height).getContext("2d");
  canvas.drawImage(picture, 0, 0);
  const {data} = canvas.getImageData(0, 0, picture.width, picture.height);
  const seen = new Map();
  const whole = (at) => (data[at] << 16) | (data[at + 1] << 8) | data[at + 2];
  for (let at = 0; at < data.length; at += 4) {
    const key = whole(at), one = seen.get(key) ?? {count: 0, colour: [data[at], data[at + 1], data[at + 2]]};
    one.count += 1;
    seen.set(key, one);
  }
  const kept = [...seen.values()].sort((a, b) => b.count - a.count).slice(0, 256).map(({colour}) => colour);
  const far = (a, b) => (a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2 + (a[2] - b[2]) ** 2;
  const nearest = new Map([...seen].map(([key, {colour}]) =>
    [key, kept.reduce((best, one, place) => far(one, colour) < far(kept[best], colour) ? place : best, 0)]));
  const places = new Uint8Array(data.length / 4).map((_, at) => nearest.get(whole(at * 4)));
  let text = "";
  for (const place of places) text += String.fromCharCode(place);
  return {width: picture.width, height: picture.height, palette: kept.flat(), places: btoa(text)};
}
"""


def in_few_colours(page: Page, png: bytes) -> bytes:
    """The same picture, each colour the nearest of the 256 that are most seen. The (blank) page reads the pixels."""
    found = page.evaluate(_QUANTISED, f"data:image/png;base64,{base64.b64encode(png).decode()}")
    places, width = base64.b64decode(found["places"]), found["width"]
    rows = b"".join(b"\0" + places[at : at + width] for at in range(0, len(places), width))
    head = struct.pack(">IIBBBBB", width, found["height"], 8, 3, 0, 0, 0)
    parts = ((b"IHDR", head), (b"PLTE", bytes(found["palette"])), (b"IDAT", zlib.compress(rows, 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, content) for name, content in parts)


def _chunk(name: bytes, content: bytes) -> bytes:
    """One chunk of a PNG file (W3C PNG, 5.3): its length, its name, what it holds, and a sum over both."""
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))
