"""Settings of a deployment, read once from the environment or `kyodo.toml` and passed on."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr, ValidationError, ValidationInfo, field_validator
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from kyodo_geo.city import city
from kyodo_geo.errors import KyodoError

PROJECT_DIR = Path(__file__).resolve().parent.parent
SHIPPED_DATA_DIR = PROJECT_DIR / "data"

ADDRESS_PATTERN = r"^https?://[^\s?#]+$"
"""An http(s) address without query or fragment, so that paths can be appended."""

HEADER_PATTERN = r"^[A-Za-z0-9-]+$"
FRAMERS_PATTERN = (
    r"^('none'|('self'|https?://[A-Za-z0-9.*:-]+)( ('self'|https?://[A-Za-z0-9.*:-]+))*)$"
)
"""Value of `frame-ancestors` in a Content-Security-Policy (decision 43)."""

SHORTEST_PROXY_SECRET = 20

EXPECTED = {
    **dict.fromkeys(("gsi_tiles", "suggestions", "local_official"), "「true」か「false」"),
    "public_address": "「http://」か「https://」で始まるアドレス",
    "frame_ancestors": "「'none'」か、「'self'」や https:// で始まるアドレスを空白で区切ったもの",
    "sign_in": "「oidc」か「header」",
    "account_claim": "項目の名前",
    "user_header": "ヘッダーの名前（英数字とハイフン）",
    "proxy_secret": f"{SHORTEST_PROXY_SECRET}文字以上の値",
}
"""Expected values per setting, for messages; settings not named here take any text."""


class Settings(BaseSettings):
    """Settings of a deployment; names in the environment begin with `KYODO_`."""

    model_config = SettingsConfigDict(
        env_prefix="KYODO_",
        toml_file=PROJECT_DIR / "kyodo.toml",
        frozen=True,
        extra="forbid",  # a misspelt name is refused, not passed over
        hide_input_in_errors=True,  # the proxy's secret must not reach logs
    )

    data_dir: Path = PROJECT_DIR / "data" / "local"
    """Folder of the editions."""

    public_address: str = Field("http://localhost:8501", pattern=ADDRESS_PATTERN)
    """Where people reach the dashboard; printed on sheets."""

    gsi_tiles: bool = False
    """Draw 地理院タイル under the map (needs internet)."""

    suggestions: bool = True
    """Show suggestions of a next step on 地区カルテ."""

    frame_ancestors: str = Field("'self'", pattern=FRAMERS_PATTERN)
    """Origins whose pages may embed ours in a frame."""

    local_official: bool = False
    """Whoever opens the pages on this machine itself is an official (decisions 20, 48)."""

    sign_in: Literal["", "oidc", "header"] = ""
    """How people are identified: not at all, OpenID Connect, header of a proxy."""

    accounts_file: Path | None = None
    """File of accounts; None: `accounts.csv` in the data folder."""

    account_claim: str = Field("email", min_length=1)
    """Claim of the OpenID provider that is the account."""

    user_header: str = Field("X-Remote-User", pattern=HEADER_PATTERN)
    """Header of the proxy that holds the account."""

    # Decision 21: the header is believed only with a secret that the proxy sends along.
    proxy_secret: SecretStr = Field(SecretStr(""), validate_default=True)
    contact_office: str = Field(default_factory=lambda: city().contact_office)
    contact_tel: str = Field(default_factory=lambda: city().contact_tel)
    contact_fax: str = Field(default_factory=lambda: city().contact_fax)
    contact_mail: str = Field(default_factory=lambda: city().contact_mail)
    accessibility_contact: str = ""
    """Contact for accessibility barriers; if empty the page says so."""

    @property
    def has_public_address(self) -> bool:
        """Whether `public_address` was set explicitly."""
        return "public_address" in self.model_fields_set

    @property
    def editions_dir(self) -> Path:
        """Folder of the edition files."""
        return self.data_dir / "editions"

    @property
    def accounts_path(self) -> Path:
        """Path of the accounts file."""
        return self.accounts_file or self.data_dir / "accounts.csv"

    @field_validator("proxy_secret")
    @classmethod
    def _check_proxy_secret(cls, secret: SecretStr, info: ValidationInfo) -> SecretStr:
        is_short = len(secret.get_secret_value()) < SHORTEST_PROXY_SECRET
        if info.data.get("sign_in") == "header" and is_short:
            raise ValueError(f"needs {SHORTEST_PROXY_SECRET} characters or more")
        return secret

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Order the sources: arguments, then the environment, then `kyodo.toml`."""
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls)


def read_settings(data_dir: Path | None = None) -> Settings:
    """Read the settings; `data_dir` (of the command line) overrides all other sources.

    Raises KyodoError with the invalid settings and their expected values.
    """
    try:
        return Settings(data_dir=data_dir) if data_dir else Settings()
    except ValidationError as error:
        wrong = {str(one["loc"][0]): one["msg"] for one in error.errors(include_input=False)}
        raise _unreadable(
            found=f"{'、'.join(map(_display_name, wrong))} の値が正しくありません",
            expected="。".join(map(_expectation, wrong)),
            detail="; ".join(f"{name}: {message}" for name, message in wrong.items()),
        ) from error
    except (ValueError, OSError) as error:
        raise _unreadable("kyodo.toml を TOML として読めません", "", str(error)) from error


def _unreadable(found: str, expected: str, detail: str) -> KyodoError:
    return KyodoError(
        where="設定（環境変数 KYODO_… または kyodo.toml）",
        found=found,
        expected=expected,
        next_step="docs/guide_ja.md の「設定」を確認してください",
        detail=detail,
    )


def _display_name(name: str) -> str:
    return f"KYODO_{name.upper()}"


def _expectation(name: str) -> str:
    if name not in Settings.model_fields:
        return f"{_display_name(name)} という設定はありません"
    return f"{_display_name(name)} は{EXPECTED.get(name, '文字列')}です"
