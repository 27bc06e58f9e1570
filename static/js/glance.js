// Below the header's field stands what it finds, as long as the focus is there (see static/css/search.css).
// Arrows walk through it, and Escape puts it away until more is typed.
const glanceAway = (away) => find(".site-search")?.toggleAttribute("data-away", away);

on("keydown", (event) => {
  const place = event.target.closest(".site-search");
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!place || event.isComposing) return;
  const stops = [...place.querySelectorAll("input, .glance a")];
  if (event.key === "Escape" && stops[1]?.checkVisibility()) {
    event.preventDefault();
    stops[0].focus();
    glanceAway(true);
  } else if (step && stops[1]) {
    event.preventDefault();
    glanceAway(false);
    // From the button beside the field an arrow leads to the first that was found.
    stops[Math.max(stops.indexOf(event.target), 0) + step]?.focus();
  }
});

on("input", ({ target }) => target.id === "site-search" && glanceAway(false));

// Whoever comes back to this page has left the search.
addEventListener("pagehide", () => glanceAway(true));
