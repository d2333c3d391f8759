"""What the doctor looks at on this host: model, disk, secrets, permissions, mail, backups, address. Tells no secret."""

import datetime as dt
import os
import shutil
import smtplib
import ssl
import stat
from collections.abc import Iterator
from pathlib import Path

from catalog.old_backups import KEPT_DAYS, old_backups
from catalog.settings import Settings
from delivery.letters import checked_sender
from delivery.mail import SmtpMailer
from operations.findings import Finding, ok, warning, wrong
from recommender.embedders import ModelUnavailable
from recommender.models import open_embedder

BACKUP_LATE_AFTER = dt.timedelta(days=2)
ROOM = 500 * 2**20
"""Bytes below which a crawl does not begin (`crawlers.beginning`)."""
SHORT_OF_ROOM = 4 * ROOM
NO_ROOM = 32 * 2**20
"""Bytes below which it is a matter of chance what can still be written."""
BACKUPS = "backups"
"""Folder in the data folder where backups are looked for unless another is named."""
LONG_ENOUGH = 32


def model(settings: Settings) -> Iterator[Finding]:
    """Whether the model makes a vector."""
    embedder = open_embedder(settings.model, settings.numbers)
    try:
        vectors = embedder.embed_queries(["rural surgery"])
    except Exception as error:
        why = str(error) if isinstance(error, ModelUnavailable) else type(error).__name__
        yield wrong("model", f"does not work ({why}): lists go by words alone",
                    "install the packages of requirements.lock anew, or mend OPPORTUNE_MODEL")  # fmt: skip
        return
    yield ok("model", f"{embedder.model}, {vectors.shape[1]} numbers")


def existing(folder: Path) -> Path:
    """The folder, or the nearest one above it that is there."""
    return next(path for path in (folder, *folder.absolute().parents) if path.exists())


def disk(folder: Path) -> Iterator[Finding]:
    """Whether there is room."""
    free = shutil.disk_usage(existing(folder)).free
    said = f"{free / 2**30:.1f} GiB free"
    if free < NO_ROOM:
        yield wrong("disk", "full: nothing can be written, and mentors' changes are refused",
                    "make room now (docs/running.md, On call); nothing needs repair afterwards")  # fmt: skip
    elif free < ROOM:
        yield wrong("disk", said, "make room: below 0.5 GiB no crawl begins")
    elif free < SHORT_OF_ROOM:
        yield warning("disk", said, "make room soon: below 0.5 GiB no crawl begins")
    else:
        yield ok("disk", said)


def secrets(settings: Settings) -> Iterator[Finding]:
    """Whether the key is there and long enough, and which keys of sources lack. Tells none."""
    kept = settings.data_dir / "secret.key"
    if settings.secret_key is not None and len(settings.secret_key.get_secret_value()) < LONG_ENOUGH:
        yield wrong("secrets", "OPPORTUNE_SECRET_KEY is short", f"give it {LONG_ENOUGH} random characters or more")
    elif settings.secret_key is None and settings.database_url.startswith("postgres"):
        yield warning("secrets", "OPPORTUNE_SECRET_KEY is not set, and each host makes its own",
                      "set the same one wherever this database is served or delivered for")  # fmt: skip
    else:
        where = "set" if settings.secret_key is not None else f"kept in {kept}" if kept.exists() else "made when served"
        yield ok("secrets", f"the key is {where}")
    lacking = [name for name in ("simpler_grants_api_key", "reliefweb_appname") if not getattr(settings, name)]
    if lacking:
        yield warning("keys", f"not set: {', '.join(f'OPPORTUNE_{name.upper()}' for name in lacking)}",
                      "the sources that need them are off; docs/sources.md says where to ask")  # fmt: skip


def permissions(folder: Path, backups: Path) -> Iterator[Finding]:
    """Whether what is ours is closed to others."""
    private = [*folder.glob("*.db*"), folder / "secret.key", *backups.glob("opportune-*.db"), backups / "erased.txt"]
    files = {f"OPPORTUNE_{name.upper()}_FILE" for name in Settings.model_fields} & set(os.environ)
    open_to_all = [path for path in private if path.exists() and path.stat().st_mode & (stat.S_IROTH | stat.S_IWOTH)]
    changeable = [name for name in sorted(files) if _others_may_write(Path(os.environ[name]))]
    for where in dict.fromkeys(path.parent for path in open_to_all):
        if where.stat().st_mode & stat.S_IXOTH:  # a closed folder keeps others from what lies in it
            named = ", ".join(path.name for path in open_to_all if path.parent == where)
            yield warning("permissions", f"every user of this host can read {named} in {where}", f"chmod o-rwx {where}")
    for name in changeable:
        yield wrong("permissions", f"the file of {name} can be changed by every user", "chmod o-w it")
    if folder.exists() and not os.access(folder, os.W_OK):
        yield wrong("permissions", f"{folder} cannot be written", "give it to the user who runs opportune")
    elif not changeable:
        yield ok("permissions", f"{folder} is ours")


def _others_may_write(path: Path) -> bool:
    return path.exists() and bool(path.stat().st_mode & stat.S_IWOTH)


def mail(settings: Settings) -> Iterator[Finding]:
    """Whether the mail server takes our sign-in. Sends nothing."""
    if settings.smtp_url is None:
        yield warning("mail", "no mail server is set: mentors copy their messages, and nobody is alarmed by mail",
                      "set OPPORTUNE_SMTP_URL and OPPORTUNE_MAIL_FROM")  # fmt: skip
        return
    try:
        checked_sender(settings.mail_from)
        mailer = SmtpMailer(settings.smtp_url.get_secret_value(), timeout=10.0)
        mailer.greet()
    except smtplib.SMTPAuthenticationError:
        yield wrong("mail", "the mail server refused our sign-in", "mend user and password in OPPORTUNE_SMTP_URL")
    except smtplib.SMTPResponseException as error:
        yield wrong("mail", f"the mail server answers, and refuses us ({error.smtp_code} {_words(error.smtp_error)})",
                    "its operator can say why; what waits goes out once it takes it")  # fmt: skip
    except ssl.SSLCertVerificationError as error:  # before ValueError, which it is too
        yield wrong("mail", f"the mail server's certificate does not pass: {error.verify_message}",
                    "have it renewed, or mend the host in OPPORTUNE_SMTP_URL; mail waits meanwhile")  # fmt: skip
    except (OSError, smtplib.SMTPException) as error:
        yield wrong("mail", f"the mail server cannot be reached ({type(error).__name__})",
                    "see whether host and port of OPPORTUNE_SMTP_URL are right")  # fmt: skip
    except ValueError:
        yield wrong("mail", "OPPORTUNE_SMTP_URL or OPPORTUNE_MAIL_FROM is not usable", "docs/running.md shows both")
    else:
        yield ok("mail", "the mail server answers and takes our sign-in; nothing was sent")
    if not settings.operator_email:
        yield warning("mail", "nobody is told of alarms", "set OPPORTUNE_OPERATOR_EMAIL")


def _words(said: bytes | str) -> str:
    """What a server said, on one line."""
    return " ".join((said.decode("utf-8", "replace") if isinstance(said, bytes) else said).split())[:200]


def backups(folder: Path, now: dt.datetime) -> Iterator[Finding]:
    """Whether there is a backup, and how old it is."""
    found = sorted(folder.glob("opportune-*.db"), key=lambda path: path.stat().st_mtime)
    if not found:
        yield warning("backups", f"none in {folder}", f"opportune db backup {folder}, every day; or --backups FOLDER")
        return
    age = now - dt.datetime.fromtimestamp(found[-1].stat().st_mtime, dt.UTC)
    said = f"{len(found)} in {folder}, the last {age.total_seconds() / 3600:.0f} h ago"
    if age > BACKUP_LATE_AFTER:
        yield warning("backups", said, f"opportune db backup {folder}, every day")
    else:
        yield ok("backups", said)
    if old := old_backups(folder, now=now, days=KEPT_DAYS + 1):
        yield warning("backups", f"{len(old)} are older than {KEPT_DAYS} days and still hold who was erased since",
                      f"opportune db backup {folder} --keep-days {KEPT_DAYS}, every day")  # fmt: skip


def addresses(settings: Settings) -> Iterator[Finding]:
    """Whether people can sign in where they reach the service."""
    address = settings.public_address
    if not address.startswith("https://") and not address.startswith(("http://127.0.0.1", "http://localhost")):
        yield wrong("settings", "people reach the service without encryption, and cannot sign in",
                    "set OPPORTUNE_PUBLIC_URL to the https address of the proxy before it")  # fmt: skip
    elif settings.environment != "production":
        yield warning("settings", f"OPPORTUNE_ENVIRONMENT is {settings.environment}", "leave it out to serve people")
    else:
        yield ok("settings", f"served as {address}")
