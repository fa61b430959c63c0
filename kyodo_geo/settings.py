"""Settings of a deployment, read once from the environment or `kyodo.toml`, handed down."""

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
"""An address that paths can be added to."""

HEADER_PATTERN = r"^[A-Za-z0-9-]+$"
FRAMERS_PATTERN = (
    r"^('none'|('self'|https?://[A-Za-z0-9.*:-]+)( ('self'|https?://[A-Za-z0-9.*:-]+))*)$"
)
"""Sources as `frame-ancestors` of a Content-Security-Policy takes them."""

SHORTEST_PROXY_SECRET = 20

YES_OR_NO = "「true」か「false」"
EXPECTED = {
    "public_address": "「http://」か「https://」で始まるアドレス",
    "gsi_tiles": YES_OR_NO,
    "suggestions": YES_OR_NO,
    "local_official": YES_OR_NO,
    "frame_ancestors": "「'none'」か、「'self'」や https:// で始まるアドレスを空白で区切ったもの",
    "sign_in": "「oidc」か「header」",
    "account_claim": "項目の名前",
    "user_header": "ヘッダーの名前（英数字とハイフン）",
    "proxy_secret": f"{SHORTEST_PROXY_SECRET}文字以上の値",
}
"""What a setting has to be, by name; all others are any text."""


class Settings(BaseSettings):
    """What a deployment may change; every name is `KYODO_…` in the environment."""

    model_config = SettingsConfigDict(
        env_prefix="KYODO_",
        toml_file=PROJECT_DIR / "kyodo.toml",
        frozen=True,
        extra="forbid",
        hide_input_in_errors=True,  # among it the proxy's secret
    )

    data_dir: Path = Field(PROJECT_DIR / "data" / "local", description="folder of the editions")
    public_address: str = Field(
        "http://localhost:8501",
        pattern=ADDRESS_PATTERN,
        description="where people reach the dashboard: what printed sheets lead back to",
    )
    gsi_tiles: bool = Field(False, description="draw 地理院タイル under the map (needs internet)")
    suggestions: bool = Field(True, description="give hints at a next step on 地区カルテ")
    frame_ancestors: str = Field(
        "'self'", pattern=FRAMERS_PATTERN, description="whose pages may show ours in a frame"
    )
    local_official: bool = Field(
        False, description="whoever opens the pages on this machine itself may write"
    )
    sign_in: Literal["", "oidc", "header"] = Field(
        "", description="how people are known: not at all, OpenID Connect, headers of a proxy"
    )
    accounts_file: Path | None = Field(None, description="who may write; else in the data folder")
    account_claim: str = Field(
        "email", min_length=1, description="claim of the OpenID provider that is the account"
    )
    user_header: str = Field(
        "X-Remote-User", pattern=HEADER_PATTERN, description="the proxy's header with the account"
    )
    proxy_secret: SecretStr = Field(
        SecretStr(""),
        description="what the proxy sends along so that its headers are believed",
        validate_default=True,
    )
    contact_office: str = Field(default_factory=lambda: city().contact_office)
    contact_tel: str = Field(default_factory=lambda: city().contact_tel)
    contact_fax: str = Field(default_factory=lambda: city().contact_fax)
    contact_mail: str = Field(default_factory=lambda: city().contact_mail)
    accessibility_contact: str = Field(
        "", description="whom to tell of a barrier; where it is empty the page says so"
    )

    @property
    def has_public_address(self) -> bool:
        """Whether the deployment says itself where it is reached."""
        return "public_address" in self.model_fields_set

    @property
    def editions_dir(self) -> Path:
        """Folder of the numbered edition files."""
        return self.data_dir / "editions"

    @property
    def accounts_path(self) -> Path:
        """The file that says who may write."""
        return self.accounts_file or self.data_dir / "accounts.csv"

    @field_validator("proxy_secret")
    @classmethod
    def _headers_need_a_proof(cls, secret: SecretStr, info: ValidationInfo) -> SecretStr:
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
        """Arguments win over the environment, the environment over `kyodo.toml`."""
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls)


def read_settings(data_dir: Path | None = None) -> Settings:
    """The settings in force; `data_dir` (the command line's) wins over all others.

    Raises KyodoError naming the settings that cannot be read, and what they have to be.
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
