"""Sources whose pages describe themselves in JSON-LD (schema.org): events, courses, programmes, posts."""

from collections.abc import Iterator

from crawlers.bases import prose
from crawlers.bases.entrances import FromEntrances
from crawlers.bases.json_api import MISSHAPEN
from crawlers.bases.saved import Found, Saved
from crawlers.bases.schema_org import Thing, document_in, key_of, kind_of, said_by, things_in, title_of, url_of
from crawlers.bases.source import Source


class StructuredDataSource(FromEntrances, Source, base=True):
    """Reads the described things of each of its pages."""

    required = (*Source.required, "entrances")

    def read(self, saved: Saved) -> Iterator[Found]:
        """Read every thing that the page describes."""
        document = document_in(saved)
        for index, thing in enumerate(things_in(document)):
            yield self.read_or_refuse(thing, index, saved)

    def read_or_refuse(self, thing: Thing, index: int, saved: Saved) -> Found:
        """One thing, or a refusal that names what was misshapen."""
        try:
            return self.read_thing(thing, saved)
        except MISSHAPEN as error:
            reason = f"invalid: the description is misshapen ({type(error).__name__}: {error})"
            return self.refuse(key=f"{saved.url}#{index}", url=saved.url, title=title_of(thing), reason=reason)

    def read_thing(self, thing: Thing, saved: Saved) -> Found:
        """One thing as a draft, or the reason why not."""
        title, url = title_of(thing), url_of(thing, saved.url)
        key = key_of(thing, saved.url)
        kind, reason = kind_of(thing, title)
        if kind is None:
            return self.refuse(key=key, url=url, title=title, reason=reason)
        body = str(thing.get("description") or "")
        description = prose.text_of(body)
        read = prose.fields_in(body, title=title, as_of=saved.as_of, day_first=self.day_first, kind=kind)
        return self.draft(
            saved,
            key=key,
            url=url,
            title=title,
            kind=kind,
            summary=description,
            description=description,
            read=read,
            **said_by(thing),
        )
