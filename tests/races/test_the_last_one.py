"""Twenty shoppers and one mug: four processes of the shop sell it once."""

from shop.orders.tables import Order
from tests.support.house import House, at_once, session_of

SHOPPERS = 20


async def test_twenty_press_pay_for_the_last_one_and_one_of_them_gets_it(house: House) -> None:
    mug = await house.goods(stock=1)
    people = [house.shopper(f"shopper{number}") for number in range(SHOPPERS)]
    await at_once(each.puts_into_cart(mug) for each in people)
    agreed = await at_once(each.looks_over() for each in people)
    answers = await at_once(each.presses_pay(fields) for each, fields in zip(people, agreed, strict=True))
    sold = [
        answer for answer in answers if answer.status_code == 303 and "/c/pay/" in answer.headers["location"]
    ]
    refused = [answer for answer in answers if answer.status_code == 409]
    assert (len(sold), len(refused)) == (1, SHOPPERS - 1), [answer.status_code for answer in answers]
    assert all("sold out and has left your cart" in answer.text for answer in refused)
    await house.books_agree()
    await house.pays(session_of(sold[0]))
    assert await Order.count().where(Order.status == "paid") == 1
    await house.books_agree("Races: twenty press Pay for the last one")
