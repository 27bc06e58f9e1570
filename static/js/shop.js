// The few things that HTML, CSS and htmx leave to us. Without this file, and without any script, the shop works.

// A control that can do nothing now keeps its focus (`disabled` would lose it); its form just does not leave.
// A plain form that is on its way counts as such a control, so nobody pays twice by clicking twice.
document.addEventListener("submit", (event) => {
  if (event.submitter?.ariaDisabled === "true") {
    event.preventDefault();
    event.stopPropagation();
  }
}, true);

document.addEventListener("submit", ({ target, submitter, defaultPrevented }) => {
  if (!defaultPrevented && submitter && target.method === "post") {
    submitter.ariaDisabled = "true";
    submitter.ariaBusy = "true";
  }
});

// Back from the payment page: the browser may show the page as it was left.
addEventListener("pageshow", () => {
  for (const button of document.querySelectorAll("button[aria-busy]")) {
    button.ariaDisabled = null;
    button.ariaBusy = null;
  }
});

document.addEventListener("htmx:before:request", () => tellTrouble());
document.addEventListener("click", ({ target }) => target.id === "trouble-seen" && tellTrouble());

// No answer came at all. What was typed is still there and can be sent again.
document.addEventListener("htmx:error", () => tellTrouble(document.getElementById("no-answer").content.cloneNode(true)));

function tellTrouble(...what) {
  document.getElementById("trouble").replaceChildren(...what);
}

document.addEventListener("htmx:after:swap", ({ detail: { ctx } }) => {
  if (ctx.response.status < 500) showWhatTheServerKept(ctx.request);
  if (ctx.sourceEvent?.type !== "load" && document.activeElement === document.body) {
    // The pressed control is gone with its line: go on from the heading, not from the top of the page.
    document.querySelector("main h1[tabindex]")?.focus({ preventScroll: true });
  }
});

// A morph leaves typed values alone; a field whose value was just answered shows the answer, like a reload.
function showWhatTheServerKept({ form, body }) {
  for (const field of form?.elements ?? []) {
    if (field.matches("input:not([type=hidden])") && field.value === body?.get(field.name)) field.value = field.defaultValue;
  }
}

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
