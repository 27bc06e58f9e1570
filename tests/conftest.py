"""What every test may ask for. `pytest --database=postgres` runs the same tests on PostgreSQL.

    shop        the real shop over real HTTP: `shop.url`, `shop.app`; its database is `database`
    ada, ben    shoppers without a browser (tests/support/shoppers.py): `await ada.open("/")`,
                `await ada.submit("Add to cart", quantity=2)`, `ada.page.text("#cart-count")`
    guest       makes more of them: `cleo = guest("cleo")`
    goods       puts products on sale: `mug = await goods("mug", price=1200, stock=3)`
    sandbox     Stripe's double over real HTTP, in memory; it delivers to the shop's webhook
    page        a browser's page, once with JavaScript and once without; `javascript` knows which;
                `@with_javascript` / `@without_javascript` (tests/support/browser.py) choose one.
                What its console says against the shop fails the test, except `complaints.expect("422")`
    database    a migrated database of this test's own, used by the shop and by Piccolo in this process
    empty_database  the DATABASE_URL of a database without tables, for commands run as processes
    more_settings   overridden in a module, it changes the environment: `return {"SHOP_CURRENCY": "JPY"}`

Money: a test that asks for `sandbox` is followed by the oracle of tests/support/oracle.py.
"""

import os
import tempfile

# The engine is made when piccolo_conf.py is imported, so the environment stands before any of ours is.
for name in [name for name in os.environ if name.startswith(("SHOP_", "STRIPE_", "SMTP_"))]:
    del os.environ[name]
os.environ["SHOP_SECRET"] = "tests " * 12
os.environ["DATABASE_URL"] = f"sqlite:///{tempfile.gettempdir()}/no-test-uses-this.sqlite"

import pytest  # noqa: E402  # the environment comes first

pytest.register_assert_rewrite("tests.support")

pytest_plugins = [
    "tests.support.fixtures_databases",
    "tests.support.fixtures_shop",
    "tests.support.fixtures_browser",
    "tests.support.fixtures_proof",
]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--database", choices=["sqlite", "postgres"], default="sqlite", help="the engine to test on"
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Tests that never meet a database say nothing new on the second one."""
    if config.getoption("--database") == "sqlite":
        return
    again = [item for item in items if "databases" in getattr(item, "fixturenames", ())]
    config.hook.pytest_deselected(items=[item for item in items if item not in again])
    items[:] = again


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if os.environ.get("CI") and terminalreporter.stats.get("skipped"):
        terminalreporter.write_line("in CI nothing may be skipped", red=True)


def pytest_sessionfinish(session: pytest.Session) -> None:
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if os.environ.get("CI") and reporter is not None and reporter.stats.get("skipped"):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
