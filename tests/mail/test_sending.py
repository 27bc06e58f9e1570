"""From the outbox to the mail server: each letter at least once, always the same, and never in silence."""

import asyncio
import ssl
import subprocess
from collections.abc import Callable, Coroutine
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from shop import clock
from shop.mail import background, keeping, links, outbox, server
from shop.mail.sending import NEXT_TRY
from shop.mail.server import ServerAway
from shop.mail.tables import Letter
from shop.mail.writing import facts_of
from shop.payments import lease
from shop.settings import settings
from shop.web import look
from shop.web.templates import environment as templates
from tests.journeys.steps import buy, the_order
from tests.support.elsewhere import Elsewhere
from tests.support.fixtures_shop import Shop
from tests.support.goods import Goods
from tests.support.house import Faults, at_once, until
from tests.support.operator import tell
from tests.support.postoffice import PostOffice
from tests.support.sandbox import Sandbox
from tests.support.shoppers import Shopper

Send = Callable[[], Coroutine[Any, Any, int]]
ADA = "ada@example.com"
ABOUT = {"number": "K7QM2X9P", "token": "t" * 43, "email": ADA, "currency": "EUR", "total": 1234}


async def write(key: str = "attempt:one:failed", to: str = ADA) -> None:
    await outbox.write(key, "payment failed", to, {"order": ABOUT})


async def write_link(minutes: int = 15) -> str:
    """Answers the secret that the link carries."""
    nonce = links.new_nonce()
    expires = (clock.now() + timedelta(minutes=minutes)).isoformat()
    facts = {"nonce": nonce, "path": "/sign-in/{secret}", "expires_at": expires}
    await outbox.write("link:one", "sign in", ADA, facts)
    return links.secret_of(nonce)


async def the_letter() -> Letter:
    letter = await Letter.objects().first()
    assert letter is not None
    return letter


async def test_who_buys_gets_a_letter_and_so_does_the_merchant(
    ada: Shopper, goods: Goods, sandbox: Sandbox, post: PostOffice, send: Send
) -> None:
    await goods("mug", price=1234, stock=5)
    await buy(ada, "Mug", 2)
    order = await the_order()
    assert await send() == 2
    assert await send() == 0
    [to_ada] = post.to(ada.email)
    assert to_ada.subject == f"Hearthside: your order {order.number} is paid"
    assert to_ada.message["from"] == "Hearthside <shop@hearthside.example>"
    assert to_ada.message["auto-submitted"] == "auto-generated"
    for part in (to_ada.text, to_ada.html):
        for told in ("2 × Mug", "€24.68", str(order.number), f"{settings().url}/orders/{order.token}"):
            assert told in part
    [to_merchant] = post.to("shop@hearthside.example")
    assert to_merchant.subject == f"New order {order.number}: €24.68"
    assert to_merchant.message["reply-to"] == ada.email
    assert str(order.stripe_charge_id) in to_merchant.text


@pytest.fixture
def eager(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(background, "PAUSE", 0.02)


async def test_the_shop_sends_by_itself(eager: None, shop: Shop, post: PostOffice) -> None:
    await write()
    await until(lambda: bool(post.arrived), "the letter arrives")
    assert post.visits == 1


async def test_after_a_restart_letters_do_not_wait_for_a_process_that_has_stopped(
    eager: None, environment: None, post: PostOffice
) -> None:
    for key in ("attempt:one:failed", "attempt:two:failed"):
        post.arrived.clear()
        running = asyncio.create_task(background.sending(templates(look.assets()), lease.take))
        await write(key)
        await until(lambda: bool(post.arrived), "the letter arrives", seconds=20)
        running.cancel()
        await asyncio.wait([running])


async def test_who_is_told_to_stop_finishes_the_letter_in_hand(post: PostOffice, send: Send) -> None:
    await write()
    await write("attempt:two:failed", "ben@example.com")
    post.may_answer.clear()
    sending = asyncio.create_task(send())
    await until(lambda: post.readings == 1, "the server reads the letter")
    sending.cancel()
    post.may_answer.set()
    await asyncio.wait([sending])
    assert sending.cancelled()
    assert [one.recipient for one in post.arrived] == [ADA]
    assert [letter.sent_at is not None for letter in await Letter.objects().order_by(Letter.id)] == [
        True,
        False,
    ]


async def test_a_letter_is_tried_again_later_and_later_and_then_given_up(
    post: PostOffice, send: Send, caplog: pytest.LogCaptureFixture
) -> None:
    await write()
    post.refuses["DATA"] = "451 ada@example.com is too busy"
    for pause in NEXT_TRY:
        assert await send() == 0
        letter = await the_letter()
        assert letter.given_up_at is None
        assert letter.problem == "451 ada@example.com is too busy"
        assert timedelta(0) < letter.send_after - clock.now() <= pause
        clock.move(pause + timedelta(seconds=1))
    await send()
    letter = await the_letter()
    assert letter.given_up_at is not None
    assert "`python -m shop mail` lists it" in caplog.text
    assert ADA not in caplog.text
    post.refuses.clear()
    assert await send() == 0
    assert [given.key for given in await keeping.given_up()] == ["attempt:one:failed"]
    assert await keeping.retry() == 1
    assert await send() == 1


async def test_the_merchant_sees_what_was_not_sent_and_has_it_tried_again(
    post: PostOffice, send: Send
) -> None:
    await write()
    told = await tell("mail")
    assert (told.code, told.lines[-1]) == (0, "1 wait, 0 were given up.")
    post.refuses[ADA] = "550 no such person"
    await send()
    told = await tell("mail")
    assert told.code == 1
    assert "payment failed to ada@example.com, tried 1 times: 550 no such person" in told.lines[0]
    assert told.data["given_up"][0]["key"] == "attempt:one:failed"
    post.refuses.clear()
    told = await tell("mail", "--retry")
    assert (told.code, told.lines[0]) == (0, "1 letters are tried again.")
    clock.move(timedelta(hours=2))
    assert (await tell("mail")).code == 1, "the shop should have sent it by now"
    assert await send() == 1
    assert (await tell("mail")).lines == ("0 wait, 0 were given up.",)


async def test_what_was_given_up_long_ago_is_neither_listed_nor_tried_again(
    post: PostOffice, send: Send
) -> None:
    await write()
    post.refuses[ADA] = "550 no such person"
    await send()
    post.refuses.clear()
    clock.move(timedelta(days=31))
    assert await keeping.given_up() == []
    assert await keeping.retry() == 0
    assert await send() == 0


async def test_an_address_that_does_not_exist_is_not_asked_again(post: PostOffice, send: Send) -> None:
    post.refuses[ADA] = "550 no such person"
    await write()
    await write("attempt:two:failed", "ben@example.com")
    assert await send() == 1
    letter = await the_letter()
    assert (letter.given_up_at is not None, letter.problem) == (True, "550 no such person")
    assert [one.recipient for one in post.arrived] == ["ben@example.com"]


async def test_while_the_mail_server_is_away_letters_wait_and_are_not_blamed(
    send: Send, post: PostOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    await write()
    monkeypatch.setenv("SMTP_URL", "smtp://127.0.0.1:9")
    settings.cache_clear()
    with pytest.raises(ServerAway):
        await send()
    assert (await the_letter()).tries == 0
    monkeypatch.setenv("SMTP_URL", f"smtp://127.0.0.1:{post.port}")
    settings.cache_clear()
    assert await send() == 1


async def test_a_server_that_leaves_in_the_middle_is_asked_again(post: PostOffice, send: Send) -> None:
    post.refuses["DATA"] = "421 closing"
    await write()
    assert await send() == 0
    post.refuses.clear()
    clock.move(NEXT_TRY[0] + timedelta(seconds=1))
    assert await send() == 1


async def test_news_that_has_become_old_is_not_sent(post: PostOffice, send: Send) -> None:
    await write()
    clock.move(timedelta(days=8))
    assert await send() == 0
    assert "7 days" in str((await the_letter()).problem)


async def test_a_link_s_secret_lies_nowhere(post: PostOffice, send: Send) -> None:
    secret = await write_link()
    assert secret not in str(await Letter.select())
    assert await send() == 1
    assert f"{settings().url}/sign-in/{secret}" in post.arrived[0].text
    assert facts_of(await the_letter())["nonce"] is None


async def test_a_link_that_has_expired_is_not_sent(post: PostOffice, send: Send) -> None:
    await write_link()
    clock.move(timedelta(minutes=16))
    assert await send() == 0
    letter = await the_letter()
    assert letter.given_up_at is not None
    assert facts_of(letter)["nonce"] is None
    assert await keeping.retry() == 0


async def test_without_a_mail_server_a_link_is_forgotten_as_well(
    environment: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    await write_link()
    await keeping.forget_expired_links()
    assert facts_of(await the_letter())["nonce"]
    clock.move(timedelta(minutes=16))
    await keeping.forget_expired_links()
    assert facts_of(await the_letter())["nonce"] is None


@pytest.fixture
def elsewhere(environment: None, tmp_path: Path) -> Callable[[], Elsewhere]:
    told = {"SHOP_FAULTPOINTS": str(tmp_path)}
    return lambda: Elsewhere(told, "mail")


@pytest.mark.parametrize("step", ["mail-claimed", "mail-sent"])
async def test_a_process_that_dies_leaves_a_letter_that_is_sent_all_the_same(
    step: str, elsewhere: Callable[[], Elsewhere], tmp_path: Path, post: PostOffice, send: Send
) -> None:
    await write()
    faults = Faults(tmp_path)
    faults.kill_at(step)
    await elsewhere().told()
    assert faults.has_killed(step)
    assert await send() == 0, "it may be on its way"
    clock.move(NEXT_TRY[0] + timedelta(seconds=1))
    assert await send() == 1
    assert len(post.arrived) == (2 if step == "mail-sent" else 1)
    assert len({one.id for one in post.arrived}) == 1
    assert len({one.text for one in post.arrived}) == 1


async def test_two_processes_send_each_letter_once(
    elsewhere: Callable[[], Elsewhere], tmp_path: Path, post: PostOffice
) -> None:
    keys = [f"attempt:{number}:failed" for number in range(8)]
    for key in keys:
        await write(key)
    faults = Faults(tmp_path)
    faults.hold_at("elsewhere-begins", 2)
    senders = [elsewhere(), elsewhere()]
    await faults.all_held_at("elsewhere-begins", 2)
    faults.let_go()
    assert await at_once(sender.told() for sender in senders) == ["done", "done"]
    assert len({one.id for one in post.arrived}) == len(post.arrived) == len(keys)


@pytest.fixture
def certificate(tmp_path: Path) -> ssl.SSLContext:
    key, chain = tmp_path / "key.pem", tmp_path / "chain.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=post",
         "-keyout", str(key), "-out", str(chain)],
        check=True, capture_output=True,
    )  # fmt: skip
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(chain, key)
    return context


async def test_the_line_is_encrypted_where_the_server_can(
    send: Send, certificate: ssl.SSLContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    await write()
    async with PostOffice().open(certificate, auth_require_tls=True) as careful:
        monkeypatch.setenv("SMTP_URL", f"smtp://the%40shop:p%40ss%20word@localhost:{careful.port}")
        settings.cache_clear()
        assert await send() == 1
        assert careful.passwords == [(b"the@shop", b"p@ss word")]
        assert careful.arrived[0].encrypted


async def test_no_password_is_said_over_an_open_line(
    send: Send, post: PostOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    await write()
    # The same machine, but not by a name that the shop knows for it.
    monkeypatch.setattr(server, "LOOPBACK", set())
    monkeypatch.setenv("SMTP_URL", f"smtp://shop:p%40ss%20word@127.0.0.1:{post.port}")
    settings.cache_clear()
    with pytest.raises(ServerAway):
        await send()
    assert (post.visits, post.passwords, post.arrived) == (1, [], [])
