// The few things that HTML, CSS and htmx leave to us. Without this file, and without any script, the shop works.

const find = (selector, within = document) => within.querySelector(selector);
const on = (name, act, capture) => document.addEventListener(name, act, capture);

// A control that can do nothing now keeps its focus (`disabled` would lose it); its form just does not leave.
// A plain form that is on its way counts as such a control, so nobody pays twice by clicking twice.
on("submit", (event) => {
  if (stoodFor(event)?.ariaDisabled === "true") {
    event.preventDefault();
    event.stopPropagation();
  }
}, true);

on("submit", (event) => {
  const { target, defaultPrevented } = event;
  const submitter = stoodFor(event);
  if (defaultPrevented || !submitter || target.method !== "post") return;
  saidAt(target)?.remove();
  if (navigator.onLine) {
    submitter.ariaDisabled = submitter.ariaBusy = "true";
  } else {
    event.preventDefault();
    sayAt(target, () => target.requestSubmit(submitter));
  }
});

// The button that is pressed by Enter in a field stands for one that can be seen.
function stoodFor({ submitter }) {
  return find(`#${submitter?.dataset.for}`) ?? submitter;
}

// Back from another page, the browser may show this one as it was left, or have fetched it before the cart changed.
addEventListener("pageshow", ({ persisted }) => {
  for (const button of document.querySelectorAll("button[aria-busy]")) button.ariaDisabled = button.ariaBusy = null;
  find("#drawer").close();
  const kept = document.cookie.match(/\bcart_count=(\d+)/)?.[1] ?? 0;
  if (persisted && find("main #cart, #review, #order-status")) {
    // Not reloaded: what was sent to get this page would be sent again.
    location.replace(location.pathname + location.search);
  } else if ((persisted && find("#added")) || parseInt(find("#cart-count").textContent) !== Number(kept)) {
    // Of what may stay, that is all that speaks of the cart.
    htmx.ajax("GET", location.href, { target: "#cart-count", select: "#cart-count", selectOOB: "#added:outerMorph", swap: "outerMorph" });
  }
});

// Whoever saves data is asked nothing ahead of a click.
on("htmx:before:init", ({ target }) => {
  if (navigator.connection?.saveData) target.removeAttribute("data-hx-preload");
});

// A step shows at once; what it costs is the shop's to say. Of quick presses only the last one need be sent.
on("htmx:config:request", ({ detail: { ctx } }) => {
  const line = ctx.line = ctx.sourceElement.closest(".line");
  if (!line) return;
  const { body } = ctx.request;
  const shown = find(".stepper__input", line).value;
  ctx.step = Number(ctx.sourceElement.dataset.step);
  if (ctx.step && !ctx.values && shown > 0) body.set("quantity", Math.min(Math.max(Number(shown) + ctx.step, 1), 999));
  ctx.wanted = body.get("quantity");
  line.latest = ctx;
  if (ctx.wanted > 0) show(line, ctx.wanted);
});

function show(line, quantity) {
  const field = find(".stepper__input", line);
  field.value = quantity;
  for (const form of line.querySelectorAll("[data-step]")) {
    // What the shop answered last is right about its own number; about others we only know where numbers end.
    const over = quantity === field.defaultValue
      ? form.elements.quantity.value === quantity
      : Number(quantity) === (form.dataset.step > 0 ? 999 : 1);
    find("button", form).ariaDisabled = over ? "true" : null;
  }
}

on("htmx:before:request", (event) => {
  const { ctx } = event.detail;
  const { sourceElement: source, sourceEvent, line, request } = ctx;
  if (!source.isConnected || (line && line.latest !== ctx)) {
    event.preventDefault();
    return;
  }
  const pressed = [request.submitter, sourceEvent.target?.closest?.("a, button, input, select"), find("input:not([type=hidden])", source), source];
  ctx.control = pressed.find((each) => each?.checkVisibility?.()) ?? source;
  tellTrouble();
  saidAt(ctx.control)?.remove();
  if (source.closest("#cart")) request.headers["Cart-Drawn"] = drawn(line);
  // Fast answers do not flicker.
  ctx.busy = [ctx.control, line].filter(Boolean);
  ctx.soon = setTimeout(() => ctx.busy.forEach((each) => each.ariaBusy = "true"), 150);
});

// What the page shows of the cart, so that the answer need not bring it again: shop/orders/drawn.py.
// A line that says something about what was asked of it says so until the next change.
function drawn(line) {
  const anew = [...document.querySelectorAll(".line")].filter((each) => each === line || find(".line__said", each));
  return [find("#cart-totals").dataset.drawn, ...anew.map((each) => `${each.id.slice("line-".length)}:${each.dataset.drawn}`)].join(" ");
}

on("htmx:finally:request", ({ detail: { ctx } }) => {
  clearTimeout(ctx.soon);
  ctx.busy?.forEach((each) => each.ariaBusy = null);
});

on("click", ({ target }) => target.id === "trouble-seen" && tellTrouble());

// No answer came at all, or none that is about what was asked: too many requests, or a mistake of the shop's.
// What was typed is still there; what was pressed can be sent again.
on("htmx:error", ({ detail: { ctx } }) => ctx?.request && unanswered(ctx));

on("htmx:before:swap", (event) => {
  const { ctx } = event.detail;
  if (ctx.response.status < 500 && ctx.response.status !== 429) return;
  event.preventDefault();
  const told = new DOMParser().parseFromString(ctx.text, "text/html");
  unanswered(ctx, ["title", "sentence"].map((part) => find(`.problem__${part}`, told)?.textContent).filter(Boolean).join(". "));
});

function unanswered(ctx, why) {
  const { sourceElement: source, control = source, line, request: { action, method, body, submitter } } = ctx;
  // What nobody asked for by a press, and what shows nothing, fails without a word.
  if (source === document.body || ctx.swap === "none" || (line && line.latest !== ctx)) return;
  settle(ctx, false);
  sayAt(control, () => {
    control.focus();
    htmx.ajax(method, action, { source, event: { submitter, target: control }, values: Object.fromEntries(body ?? []) });
  }, why);
}

const placeOf = (element) => element.closest(".line") ?? element.closest("[role=group], .field, fieldset, p, form") ?? element;
const saidAt = (element) => find(".no-answer", placeOf(element));

function sayAt(element, again, why) {
  saidAt(element)?.remove();
  const said = find("#no-answer").content.firstElementChild.cloneNode(true);
  if (why) find("p", said).textContent = why;
  find("button", said).addEventListener("click", again);
  placeOf(element).append(said);
}

function tellTrouble(...what) {
  find("#trouble").replaceChildren(...what);
}

let focused;
on("htmx:before:swap", ({ detail: { ctx } }) => {
  focused = document.activeElement;
  const { form, body } = ctx.request;
  // What was typed while the answer was on its way is newer than the answer.
  ctx.newer = [...form?.elements ?? []].filter((field) => field.matches("input.field__input") && field.value !== body?.get(field.name)).map((field) => [field, field.value]);
});

on("htmx:after:swap", ({ detail: { ctx } }) => {
  settle(ctx, true);
  if (!focused?.isConnected && document.activeElement === document.body) {
    // The control is gone with its line: go on from the heading, not from the top of the page.
    (find("dialog[open] h1[tabindex]") ?? find("main h1[tabindex]"))?.focus({ preventScroll: true });
  }
});

// A morph leaves typed values alone; a field whose value was just answered shows the answer, like a reload.
function settle(ctx, answered) {
  for (const line of document.querySelectorAll(".line")) {
    if (line.latest && line.latest !== ctx) show(line, line.latest.wanted);
  }
  const { line, request: { form, body } } = ctx;
  if (line) {
    if (line.latest !== ctx) return;
    line.latest = null;
    const field = find(".stepper__input", line);
    if (answered ? field.value === ctx.wanted : ctx.step) show(line, field.defaultValue);
  } else if (answered && ctx.swap !== "none") {
    for (const field of form?.elements ?? []) {
      if (field.matches("input:not([type=hidden])") && field.value === body?.get(field.name)) field.value = field.defaultValue;
    }
    for (const [field, value] of ctx.newer) field.value = value;
  }
}

// What was added shows in a drawer over the page. What is said to the shopper must be inside: all else is out of reach.
on("added", () => {
  const drawer = find("#drawer");
  drawer.append(find("#announce"), find(".trouble"));
  drawer.showModal();
});

on("close", ({ target }) => {
  if (target.id !== "drawer") return;
  document.body.append(find("#announce"), find(".trouble"));
  if (document.activeElement === document.body) (find("#add-button") ?? find("main h1[tabindex]")).focus({ preventScroll: true });
}, true);

on("click", ({ target }) => target.id === "drawer" && target.close());

// The picture of the product that is opened grows into its page, and shrinks back into the list.
addEventListener("pageswap", ({ viewTransition, activation }) => lift(viewTransition, activation?.entry.url));
addEventListener("pagereveal", ({ viewTransition }) => lift(viewTransition, window.navigation?.activation?.from?.url));

async function lift(viewTransition, address) {
  // A transition that the browser gives up is no mistake of the page: it just shows.
  viewTransition?.ready.catch(() => {});
  viewTransition?.finished.catch(() => {});
  if (!viewTransition || !address) return;
  const links = [...document.querySelectorAll(".card__link")].filter((link) => link.pathname === new URL(address).pathname);
  const picture = (links.find((link) => link === document.activeElement) ?? links[0])?.closest(".card").querySelector("img");
  if (!picture) return;
  picture.style.viewTransitionName = "piece";
  await viewTransition.finished.catch(() => {});
  picture.style.viewTransitionName = "";
}

// A swap may have given the page another address since; the ways to other languages follow it.
const arrived = location.pathname + location.search;
for (const name of ["pointerover", "focusin"]) on(name, ({ target }) => {
  const link = target.closest("a[data-prefix]");
  const now = location.pathname + location.search;
  if (!link) return;
  link.first ??= link.href;
  const before = find("a[data-prefix][aria-current]").dataset.prefix;
  link.href = now === arrived ? link.first : link.dataset.prefix + now.slice(before.length);
});
