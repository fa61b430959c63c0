"""Sign-in and roles in a real Chromium, with a real OpenID provider and a proxy on loopback."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from browsing import Window, open_address, opened_page, serving
from oidc_provider_mock import User, run_server_in_thread
from playwright.sync_api import Browser, Page, expect
from proxying import proxying

from kyodo_geo.editions import EditionStore
from kyodo_geo.ui.auth.identity import PROXY_SECRET_HEADER

pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("ignore")]

OFFICIAL, COUNCIL, NOBODY, UNVERIFIED = (
    f"{name}@example.org" for name in ("official", "council", "nobody", "unverified")
)
ACCOUNTS = f"""アカウント,氏名,役割,地区
{OFFICIAL.upper()},花巻 <b>花子</b>,職員,
{COUNCIL},北 太郎,地区,花北
"""
SECRETS = """[auth]
redirect_uri = "http://localhost:{{port}}/oauth2callback"
cookie_secret = "a-secret-of-the-tests-that-is-long"
client_id = "kyodo-geo"
client_secret = "secret-of-the-client"
server_metadata_url = "{provider}/.well-known/openid-configuration"
"""
FILE = "名称,年度,地区,形態,主体\n{title},R6,花北,共同開催,自治会\n"
PROXY_SECRET = "only-the-proxy-and-the-server"


@pytest.fixture(scope="module")
def provider() -> Iterator[str]:
    """The address of an OpenID provider that knows four people."""
    users = [
        User(sub=name, claims={"email": name, "email_verified": name != UNVERIFIED})
        for name in (OFFICIAL, COUNCIL, NOBODY, UNVERIFIED)
    ]
    with run_server_in_thread(user_claims=users) as server:
        yield f"http://localhost:{server.server_port}"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Holds the data, the secrets and the log of a server with sign-in."""
    return tmp_path_factory.mktemp("sign_in")


@pytest.fixture(scope="module")
def server(folder: Path, provider: str) -> Iterator[str]:
    secrets = folder / "secrets.toml"
    secrets.write_text(SECRETS.format(provider=provider), "utf-8")
    with serving(folder, KYODO_SIGN_IN="oidc", STREAMLIT_SECRETS_FILES=str(secrets)) as address:
        yield address
    assert_nothing_secret_is_logged(folder)


@pytest.fixture
def accounts(folder: Path) -> Path:
    """The file of accounts, as it is at first."""
    path = folder / "data" / "accounts.csv"
    path.parent.mkdir(exist_ok=True)
    path.write_text(ACCOUNTS, "cp932")
    return path


@pytest.fixture
def page(browser: Browser, server: str, provider: str, accounts: Path) -> Iterator[Page]:
    with opened_page(browser, server, Window.DESK, also=provider) as page:
        yield page


def sign_in(page: Page, name: str) -> None:
    """Sign in from the page that is open, as a person does, and wait for the page after it."""
    page.get_by_role("button", name="サインイン").first.click()
    page.get_by_role("button", name=name).click()
    expect(page.locator(".kg-foot")).to_be_visible(timeout=30_000)
    expect(page.get_by_role("button", name="サインアウト")).to_be_visible()


def sign_out(page: Page) -> None:
    page.get_by_role("button", name="サインアウト").click()
    page.get_by_role("button", name="End session").click()
    expect(page.locator(".kg-foot")).to_be_visible(timeout=30_000)
    expect(page.get_by_role("button", name="サインイン")).to_be_visible()


def hand_in(page: Page, title: str) -> None:
    content = FILE.format(title=title).encode()
    page.locator("input[type=file]").set_input_files(
        {"name": "活動.csv", "mimeType": "text/csv", "buffer": content}
    )


def titles_in_navigation(page: Page) -> str:
    """What the section of the record in the navigation leads to."""
    section = page.locator("[data-testid=stTopNavSection]", has_text="記録")
    section.click()
    expect(page.get_by_role("menuitem", name="版の履歴")).to_be_visible()
    titles = "".join(page.get_by_role("menuitem").all_inner_texts())
    section.click()
    return titles


def test_an_official_signs_in_imports_and_signs_out(
    browser: Browser, server: str, provider: str, folder: Path, accounts: Path
) -> None:
    store = EditionStore(folder / "data" / "editions")
    with opened_page(browser, server, Window.DESK, also=provider) as page:
        open_address(page, f"{server}/import?form=F01")
        expect(page.get_by_text("職員としてのサインインが要ります")).to_be_visible()
        expect(page.locator("input[type=file]")).to_have_count(0)

        sign_in(page, OFFICIAL)
        expect(page).to_have_url(re.compile(f"^{server}/import"))
        expect(page.get_by_text("花巻 <b>花子</b>（職員）")).to_be_visible()
        for cookie in page.context.cookies(server):
            if cookie["name"].startswith("_streamlit_user"):
                assert cookie["httpOnly"]
                assert cookie["sameSite"] == "Lax"

        hand_in(page, "花の会")
        page.get_by_role("button", name="新しい1件").click()
        expect(page.get_by_text("版を公開しました")).to_be_visible()
        assert store.current().log[0].published_by == "花巻 <b>花子</b>"

        sign_out(page)
        open_address(page, f"{server}/import")
        expect(page.locator("input[type=file]")).to_have_count(0)
        expect(page.get_by_text("職員としてのサインインが要ります")).to_be_visible()
        assert not [c for c in page.context.cookies() if c["name"].startswith("_streamlit_user")]
    assert_nothing_secret_is_logged(folder)


def assert_nothing_secret_is_logged(folder: Path) -> None:
    log = (folder / "log").read_text("utf-8")
    assert "view your Streamlit app" in log
    secrets = (OFFICIAL, "花子", "eyJ", "secret-of", PROXY_SECRET)
    assert [word for word in secrets if word in log] == []


def test_a_council_member_has_no_page_of_officials(page: Page, server: str) -> None:
    open_address(page, f"{server}/about")
    sign_in(page, COUNCIL)
    expect(page.get_by_text("北 太郎（地区）")).to_be_visible()
    expect(page).to_have_url(f"{server}/about")
    assert "版の履歴" in titles_in_navigation(page)
    assert "取り込み" not in titles_in_navigation(page)
    page.emulate_media(media="print")
    expect(page.get_by_text("北 太郎（地区）")).to_be_hidden()
    page.emulate_media(media="screen")

    open_address(page, f"{server}/import")
    expect(page.get_by_text("職員の権限が要ります。いまの権限は地区です。")).to_be_visible()
    expect(page.locator("input[type=file]")).to_have_count(0)


@pytest.mark.parametrize(
    ("name", "told"),
    [(NOBODY, "このアカウントには権限がありません"), (UNVERIFIED, "email_verified")],
)
def test_who_has_no_right_reads_and_is_told(page: Page, server: str, name: str, told: str) -> None:
    open_address(page, f"{server}/activities")
    sign_in(page, name)
    expect(page.locator(".kg-notice", has_text=told)).to_be_visible()
    assert "取り込み" not in titles_in_navigation(page)


def test_who_turns_back_at_the_provider_is_on_the_page_again(page: Page, server: str) -> None:
    open_address(page, f"{server}/import")
    page.get_by_role("button", name="サインイン").first.click()
    page.get_by_role("button", name="Deny").click()
    expect(page.get_by_text("職員としてのサインインが要ります")).to_be_visible()


def test_a_withdrawn_right_is_gone_at_the_next_click(
    page: Page, server: str, folder: Path, accounts: Path
) -> None:
    store = EditionStore(folder / "data" / "editions")
    before = store.numbers()
    open_address(page, f"{server}/import")
    sign_in(page, OFFICIAL)
    hand_in(page, "公開されない会")
    button = page.get_by_role("button", name="新しい1件")
    expect(button).to_be_visible()

    accounts.write_text(ACCOUNTS.replace(OFFICIAL.upper(), "someone@example.org"), "cp932")
    button.click()
    expect(page.get_by_text("職員の権限が要ります。いまの権限は閲覧者です。")).to_be_visible()
    assert store.numbers() == before


def test_signing_out_in_one_tab_closes_the_others(page: Page, server: str) -> None:
    open_address(page, f"{server}/import")
    sign_in(page, OFFICIAL)
    assert "取り込み" in titles_in_navigation(page)
    other = page.context.new_page()
    open_address(other, f"{server}/import")
    expect(other.locator("input[type=file]")).to_have_count(1)

    sign_out(page)
    assert "取り込み" not in titles_in_navigation(page)
    hand_in(other, "公開されない会")
    expect(other.get_by_text("職員としてのサインインが要ります")).to_be_visible()


def test_a_forged_cookie_is_nobody(page: Page, server: str) -> None:
    forged = '{"is_logged_in": true, "email": "official@example.org", "email_verified": true}'
    page.context.add_cookies([{"name": "_streamlit_user", "value": forged, "url": server}])
    open_address(page, f"{server}/import")
    expect(page.get_by_text("職員としてのサインインが要ります")).to_be_visible()


@pytest.fixture(scope="module")
def server_behind(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server that believes a proxy."""
    folder = tmp_path_factory.mktemp("behind")
    (folder / "accounts.csv").write_text(ACCOUNTS, "utf-8")
    with serving(
        folder,
        KYODO_SIGN_IN="header",
        KYODO_PROXY_SECRET=PROXY_SECRET,
        KYODO_ACCOUNTS_FILE=str(folder / "accounts.csv"),
    ) as address:
        yield address
    assert_nothing_secret_is_logged(folder)


def test_a_proxy_says_who_somebody_is(browser: Browser, server_behind: str) -> None:
    says = {"X-Remote-User": OFFICIAL, PROXY_SECRET_HEADER: PROXY_SECRET}
    with proxying(server_behind, says) as proxy, opened_page(browser, proxy, Window.PHONE) as page:
        open_address(page, f"{proxy}/import")
        expect(page.get_by_text("花巻 <b>花子</b>（職員）")).to_be_visible()
        expect(page.locator("input[type=file]")).to_have_count(1)
        expect(page.get_by_role("button", name="サインアウト")).to_have_count(0)


def test_nobody_is_believed_who_is_not_the_proxy(browser: Browser, server_behind: str) -> None:
    says = {"X-Remote-User": OFFICIAL, PROXY_SECRET_HEADER: "guessed"}
    with proxying(server_behind, says) as proxy, opened_page(browser, proxy, Window.DESK) as page:
        open_address(page, f"{proxy}/import")
        expect(page.get_by_text("プロキシから来たことを確かめられません")).to_be_visible()
        expect(page.locator("input[type=file]")).to_have_count(0)

    with opened_page(browser, server_behind, Window.DESK) as page:
        open_address(page, f"{server_behind}/import")
        expect(page.get_by_text("システムの担当者に聞いてください")).to_be_visible()
        expect(page.locator("input[type=file]")).to_have_count(0)
