"""Sessions, payments, refunds and disputes without a browser."""

from litestar import post

from shop.sandbox import hands
from shop.sandbox.control_input import read
from shop.sandbox.rooms import Rooms
from shop.sandbox.shapes import Body


@post("/sessions/{session_id:str}/pay", status_code=200)
async def pay(rooms: Rooms, given: Body, session_id: str) -> Body:
    """`amount_total` and `currency` charge something else than the session was made for."""
    wanted = read(given, outcome="card_success", email="", amount_total=None, currency=None, wait=True)
    instead = {name: wanted[name] for name in ("amount_total", "currency") if wanted[name] is not None}
    change = hands.pay(session_id, wanted["outcome"], wanted["email"] or None, instead)
    return await hands.do(rooms, change, wait=wanted["wait"])


@post("/sessions/{session_id:str}/answer", status_code=200)
async def answer(rooms: Rooms, given: Body, session_id: str) -> Body:
    wanted = read(given, confirmed=True, wait=True)
    return await hands.do(rooms, hands.answer(session_id, wanted["confirmed"]), wait=wanted["wait"])


@post("/sessions/{session_id:str}/expire", status_code=200)
async def expire(rooms: Rooms, given: Body, session_id: str) -> Body:
    wanted = read(given, wait=True)
    return await hands.do(rooms, hands.expire(session_id), wait=wanted["wait"])


@post("/payments/{intent_id:str}/settle", status_code=200)
async def settle(rooms: Rooms, given: Body, intent_id: str) -> Body:
    wanted = read(given, succeeds=True, wait=True)
    return await hands.do(rooms, hands.settle(intent_id, wanted["succeeds"]), wait=wanted["wait"])


@post("/payments/{intent_id:str}/refund", status_code=200)
async def refund(rooms: Rooms, given: Body, intent_id: str) -> Body:
    wanted = read(given, amount=None, goes="succeeded", wait=True)
    change = hands.refund(intent_id, wanted["amount"], wanted["goes"])
    return await hands.do(rooms, change, wait=wanted["wait"])


@post("/payments/{intent_id:str}/dispute", status_code=200)
async def dispute(rooms: Rooms, given: Body, intent_id: str) -> Body:
    wanted = read(given, reason="fraudulent", wait=True)
    return await hands.do(rooms, hands.dispute(intent_id, wanted["reason"]), wait=wanted["wait"])


@post("/refunds/{refund_id:str}/finish", status_code=200)
async def finish_refund(rooms: Rooms, given: Body, refund_id: str) -> Body:
    wanted = read(given, succeeds=True, wait=True)
    return await hands.do(rooms, hands.finish_refund(refund_id, wanted["succeeds"]), wait=wanted["wait"])


@post("/disputes/{dispute_id:str}/close", status_code=200)
async def close_dispute(rooms: Rooms, given: Body, dispute_id: str) -> Body:
    wanted = read(given, status="lost", wait=True)
    return await hands.do(rooms, hands.close_dispute(dispute_id, wanted["status"]), wait=wanted["wait"])


@post("/disputes/{dispute_id:str}/escalate", status_code=200)
async def escalate_dispute(rooms: Rooms, given: Body, dispute_id: str) -> Body:
    wanted = read(given, wait=True)
    return await hands.do(rooms, hands.escalate_dispute(dispute_id), wait=wanted["wait"])


HANDLERS = [
    pay,
    answer,
    expire,
    settle,
    refund,
    dispute,
    finish_refund,
    close_dispute,
    escalate_dispute,
]
