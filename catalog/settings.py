"""Settings, from the environment (`OPPORTUNE_…`), a `.env` file or secrets as files (`OPPORTUNE_…_FILE`).

Read by the command line and by `create_app` only; everything else is handed what it needs.
"""

import os
from pathlib import Path
from typing import Any, Literal, Self

from pydantic import Field, SecretStr, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict, SettingsError

from catalog.logs import LogFormat


def _secrets_from_files() -> dict[str, Any]:
    """`OPPORTUNE_NAME_FILE=/run/secrets/name` sets `name` to the file's text, as containers pass secrets.

    An empty file, like an empty variable, counts as unset.
    """
    found = {}
    for variable, path in os.environ.items():
        if path and variable.startswith("OPPORTUNE_") and variable.endswith("_FILE"):
            name = variable.removeprefix("OPPORTUNE_").removesuffix("_FILE").lower()
            try:
                text = Path(path).read_text("utf-8").strip()
            except (OSError, UnicodeDecodeError) as error:
                raise SettingsError(f"{variable}: cannot read {path}: {error}") from error
            if text:
                found[name] = text
    return found


class Settings(BaseSettings):
    """Everything that differs between one installation and another."""

    model_config = SettingsConfigDict(
        env_prefix="OPPORTUNE_",
        env_file=".env",
        env_ignore_empty=True,  # a compose file passes on what is not set as empty
        extra="ignore",
        hide_input_in_errors=True,  # a model's error would show all of its input, passwords too
    )

    # where things are kept
    data_dir: Path = Field(default=Path("data"), description="Folder for the SQLite file, archives and snapshots")
    database_url: str = Field(default="", description="SQLAlchemy URL; empty means SQLite in data_dir")

    read_database_url: str = Field(
        default="", description="A streaming replica of the PostgreSQL, for lists, search and coverage; empty for none"
    )

    # crawling
    contact: str = Field(
        default="https://github.com/opportune-health/opportune#crawler",
        description="Address in the crawler's user agent where site owners reach you",
    )
    archive_days: int = Field(default=30, ge=0, description="How long fetched bodies are kept")
    simpler_grants_api_key: SecretStr | None = Field(default=None, description="Key for api.simpler.grants.gov")
    reliefweb_appname: str | None = Field(default=None, description="Approved appname for the ReliefWeb API")
    sample_web_port: int | None = Field(
        default=None, description="Sample mode: every source's hosts are mapped to this loopback port"
    )
    environment: Literal["production", "demo", "test"] = Field(
        default="production", description="`production`, or `demo` or `test`, which alone may use the sample web"
    )

    # recommending
    model: str = Field(default="", description="Name or path of a sentence-transformers model; empty means MiniLM")
    numbers: Literal["float32", "bfloat16"] = Field(
        default="float32",
        description="How calls are embedded: `float32`, or `bfloat16`, quicker, with the extra `openvino`",
    )
    vectors_on_disk: bool = Field(
        default=False,
        description="Map the calls' exact vectors from a file in data_dir/vectors: a quarter of the memory",
    )
    ranker: Literal["snapshot", "pgvector"] = Field(
        default="snapshot",
        description="Where nearest calls are sought: `snapshot` in memory, or `pgvector` in PostgreSQL",
    )
    closing_soon_days: int = Field(default=14, ge=0, le=365, description="From how many days on a call is closing soon")
    ranking_days: int = Field(default=30, ge=1, description="How long served rankings can be explained")

    # serving and sending
    host: str = Field(default="127.0.0.1", description="Address that `opportune serve` listens on")
    port: int = Field(default=8000, ge=0, le=65535, description="Port that `opportune serve` listens on")
    public_url: str = Field(default="", description="Address under which people reach the service")
    secret_key: SecretStr | None = Field(
        default=None, description="Signs cursors and encrypts webhooks' secrets; made when empty"
    )
    cors_origins: list[str] = Field(default_factory=list, description="Origins of other front ends, as a JSON list")
    requests_per_minute: int = Field(
        default=1200,
        ge=0,
        description="Requests a minute of one sign-in, key or token, by each API process; 0 for no limit",
    )
    requests_per_minute_and_network: int = Field(
        default=6000, ge=0, description="Requests a minute from one address, by each API process; 0 for no limit"
    )
    oidc_issuer: str = Field(default="", description="OpenID provider through which people sign in; empty for none")
    oidc_client_id: str = Field(default="", description="As whom the provider knows this installation")
    oidc_client_secret: SecretStr | None = Field(
        default=None, description="The provider's secret for this installation"
    )
    oidc_name: str = Field(default="your organisation", description="What the sign-in button calls the provider")
    mails_per_day: int = Field(default=200, ge=0, description="Mails that one mentor may send in 24 hours")
    webhooks_to_loopback: bool = Field(
        default=False, description="Webhooks may call 127.0.0.1 and localhost, by http too; `demo` and `test` only"
    )
    undo_seconds: int = Field(default=20, ge=0, le=600, description="How long a mail is held so that it can be undone")
    smtp_url: SecretStr | None = Field(default=None, description="smtp://user:password@host:port, or smtps://")
    mail_from: str = Field(default="Opportune <opportune@localhost>", description="Sender of all mail")
    operator_email: str = Field(
        default="", description="Where people write to unsubscribe, and who is told when somebody must look"
    )

    # watching over it
    log_format: LogFormat = Field(default="text", description="Logs as `text` lines, or as `json`, one object a line")
    metrics_port: int | None = Field(
        default=None, ge=1, le=65535, description="Port of each process's metrics for Prometheus; empty for none"
    )
    metrics_host: str = Field(default="127.0.0.1", description="Address on which metrics are served")
    traces_to: str = Field(
        default="", description="OTLP/HTTP address of a trace collector, with the extra `otel`; empty for none"
    )

    @classmethod
    def read(cls, **overrides: Any) -> Self:
        """Read the settings now. Raises ValidationError or SettingsError naming what is wrong, never its value."""
        return cls(**{**_secrets_from_files(), **overrides})

    @model_validator(mode="after")
    def _sample_web_only_in_demo(self) -> Self:
        if self.sample_web_port is not None and self.environment == "production":
            raise ValueError("sample_web_port is for the demo and the tests: set OPPORTUNE_ENVIRONMENT=demo")
        return self

    @model_validator(mode="after")
    def _bfloat16_is_for_the_packaged_model(self) -> Self:
        if self.numbers != "float32" and self.model:
            raise ValueError(
                "numbers=bfloat16 is for the packaged model: leave out OPPORTUNE_NUMBERS or OPPORTUNE_MODEL"
            )
        return self

    @model_validator(mode="after")
    def _pgvector_needs_postgresql(self) -> Self:
        if self.ranker == "pgvector" and not self.database_url.startswith("postgres"):
            raise ValueError(
                "ranker=pgvector needs PostgreSQL: set OPPORTUNE_DATABASE_URL, or leave out OPPORTUNE_RANKER"
            )
        return self

    @model_validator(mode="after")
    def _replica_is_of_postgresql(self) -> Self:
        urls = (self.database_url, self.read_database_url)
        if self.read_database_url and not all(url.startswith("postgres") for url in urls):
            raise ValueError("read_database_url names a streaming replica of the PostgreSQL of OPPORTUNE_DATABASE_URL")
        return self

    @property
    def search_in_database(self) -> bool:
        """Whether PostgreSQL is asked for the nearest calls."""
        return self.ranker == "pgvector"

    @model_validator(mode="after")
    def _no_webhooks_inwards(self) -> Self:
        if self.webhooks_to_loopback and self.environment == "production":
            raise ValueError("webhooks_to_loopback is for the demo and the tests: set OPPORTUNE_ENVIRONMENT=demo")
        return self

    @property
    def url(self) -> str:
        """The database's address."""
        return self.database_url or f"sqlite:///{self.data_dir / 'opportune.db'}"

    @property
    def vectors_dir(self) -> Path | None:
        """Where exact vectors are mapped from; None to keep them in memory."""
        return self.data_dir / "vectors" if self.vectors_on_disk else None

    @property
    def words_file(self) -> Path:
        """Where the words of calls are kept as they were counted, for the next start; made anew when it is gone."""
        return self.data_dir / "counted-words.npz"

    @property
    def public_address(self) -> str:
        """The address under which people reach the service, without a slash at its end."""
        return self.public_url.rstrip("/") or f"http://{self.host}:{self.port}"
