"""The mailed link as a person opens it in a browser; the other tests here go the same way without scripts."""

import pytest
from playwright.async_api import Page, expect

from tests.accounts.mailbox import link
from tests.support.browser import Complaints, with_javascript

NEW = "a new kettle on the hob"


@with_javascript
@pytest.mark.one_database
async def test_ada_comes_in_by_mail_chooses_a_password_and_meets_a_used_link(
    page: Page, complaints: Complaints
) -> None:
    await page.goto("/sign-in?next=/account")
    await page.get_by_label("E-mail").fill("ada@example.com")
    await page.get_by_role("button", name="Mail me a link").click()
    await expect(page.get_by_role("heading", name="Look into your mailbox")).to_be_visible()
    await expect(page.get_by_text("ada@example.com")).to_be_visible()
    sign_in = await link("ada@example.com", "sign in")
    await page.goto(sign_in)
    await page.get_by_role("button", name="Sign in").click()
    await page.get_by_role("button", name="Mail me a link to choose a password").click()
    await expect(page.get_by_text("If there is an account for ada@example.com")).to_be_visible()
    await page.goto(await link("ada@example.com", "password"))
    await page.get_by_label("New password").fill(NEW)
    await page.get_by_role("button", name="Keep the new password").click()
    await expect(page.get_by_role("link", name="Change your password")).to_be_visible()
    await page.get_by_role("button", name="Sign out").click()
    complaints.expect("410")
    await page.goto(sign_in)
    await expect(page.get_by_text("It has been used")).to_be_visible()
    await page.get_by_role("link", name="Ask for a new link").click()
    await expect(page.get_by_role("heading", name="Sign in by mail")).to_be_visible()
