"""From a request over HTTP to an answer: key, version, idempotency, faults, the act itself, the journal."""

import asyncio
import json
import logging
import time

from litestar.types import Receive, Scope, Send

from shop.sandbox import (
    api,
    authentication,
    connection,
    expansion,
    faults,
    idempotency,
    journal,
    parameters,
    play,
)
from shop.sandbox import errors as stripe_errors
from shop.sandbox.api_call import Call, call_of, check_size
from shop.sandbox.deliverer import Deliverer
from shop.sandbox.errors import ApiError
from shop.sandbox.sandbox import API_VERSION, Sandbox
from shop.sandbox.shapes import Body

log = logging.getLogger(__name__)


class ApiServer:
    def __init__(self, sandbox: Sandbox, deliverer: Deliverer) -> None:
        self._sandbox = sandbox
        self._deliverer = deliverer

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        call = await call_of(scope, receive)
        status, answer = await self._answer(call)
        is_cut = call.fault["close"] is not None
        self._write_down(call, 0 if is_cut else status, answer)
        if is_cut:
            await connection.cut(receive, send)
        elif call.fault["garbage"]:
            await connection.answer(send, status, b"<html>Bad gateway", {"Content-Type": "text/html"})
        else:
            await connection.answer(send, status, answer.encode(), self._headers(call))

    async def _answer(self, call: Call) -> tuple[int, str]:
        try:
            check_size(call)
            authentication.check(
                self._sandbox.options, call.headers.get("authorization"), call.headers.get("stripe-version")
            )
            replayed = self._earlier(call)
            if replayed is not None:
                return replayed
            return await self._reserved(call)
        except ApiError as problem:
            return problem.status, self._problem(call, problem)
        except Exception:
            # A fault of the sandbox's own: nothing was changed, and a client reads it as Stripe's.
            log.exception("%s %s", call.method, call.path)
            return 500, self._problem(call, stripe_errors.broken())

    def _earlier(self, call: Call) -> tuple[int, str] | None:
        if call.key is None:
            return None
        kept = idempotency.earlier_answer(self._sandbox, call.key, call.path, call.sent)
        if kept is None:
            call.answer_headers["Original-Request"] = call.id
            return None
        call.answer_headers |= {"Idempotent-Replayed": "true", "Original-Request": kept["request"]}
        return kept["status"], kept["answer"]

    async def _reserved(self, call: Call) -> tuple[int, str]:
        """While this runs, another request with the same key is told to wait."""
        in_flight = self._sandbox.keys_in_flight
        if call.key is not None:
            in_flight.add(call.key)
        try:
            return await self._with_faults(call)
        finally:
            in_flight.discard(call.key or "")

    async def _with_faults(self, call: Call) -> tuple[int, str]:
        with self._sandbox.store.transaction():
            fault = call.fault = faults.take(self._sandbox.store, call.method, call.path)
        if fault["latency"]:
            await asyncio.sleep(fault["latency"])
        if fault["should_retry"] is not None:
            call.answer_headers["Stripe-Should-Retry"] = "true" if fault["should_retry"] else "false"
        if fault["close"] == "before":
            return 0, ""
        problem = faults.as_error(fault)
        if problem is None:
            return await self._effect(call)
        if fault["effect"]:
            await self._effect(call, keep=not problem.kept)
        return self._refuse(call, problem)

    async def _effect(self, call: Call, keep: bool = True) -> tuple[int, str]:
        try:
            status, answer = 200, self._act(call)
        except ApiError as problem:
            return self._refuse(call, problem)
        if keep:
            self._keep(call, status, answer)
        if call.fault["pay_first"]:
            with self._sandbox.act() as act:
                play.pay(act, json.loads(answer)["id"], call.fault["pay_first"])
            call.emitted += act.emitted
        if call.fault["pay_first"] or call.fault["deliver_first"]:
            await self._deliverer.first_attempts(call.emitted)
        return status, answer

    def _act(self, call: Call) -> str:
        route, object_id = api.find(call.method, call.path)
        params = parameters.read(route.parameters, call.sent)
        kept: ApiError | None = None
        body: Body = {}
        with self._sandbox.act(call.id, call.key) as act:
            try:
                body = expansion.expand(
                    act.store, route.run(act, params, object_id), params.get("expand", [])
                )
            except ApiError as problem:
                if not problem.kept:
                    raise
                kept = problem
        call.emitted += act.emitted
        if kept is not None:
            raise kept
        return json.dumps(body, indent=2)

    def _refuse(self, call: Call, problem: ApiError) -> tuple[int, str]:
        answer = self._problem(call, problem)
        if problem.kept:
            self._keep(call, problem.status, answer)
        return problem.status, answer

    def _keep(self, call: Call, status: int, answer: str) -> None:
        if call.key is not None:
            with self._sandbox.store.transaction():
                idempotency.keep(self._sandbox, call.key, call.path, call.sent, call.id, status, answer)

    def _problem(self, call: Call, problem: ApiError) -> str:
        return json.dumps(problem.body(f"{self._sandbox.options.origin}/requests/{call.id}"), indent=2)

    def _headers(self, call: Call) -> dict[str, str]:
        headers = {
            "Cache-Control": "no-cache, no-store",
            "Content-Type": "application/json",
            "Request-Id": call.id,
            "Stripe-Version": API_VERSION,
        }
        return headers | ({"Idempotency-Key": call.key} if call.key else {}) | call.answer_headers

    def _write_down(self, call: Call, status: int, answer: str) -> None:
        entry = {
            "id": call.id,
            "at": call.began,
            "took": round(time.time() - call.began, 4),
            "method": call.method,
            "path": call.path,
            "parameters": call.sent,
            "idempotency_key": call.key,
            "replayed": "Idempotent-Replayed" in call.answer_headers,
            "fault": call.fault.get("id"),
            "status": status,
            "answer": answer,
        }
        journal.write(self._sandbox, entry)
