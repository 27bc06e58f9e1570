"""Ada without a mouse: Tab, Enter, Escape and the arrows, and at each step she sees where she is."""

from typing import Any

from playwright.async_api import Page as Window

# What has the focus is called so; it lies in the window, nothing lies over it, and a ring is around it,
# or around all that its link stretches over.
WHERE = """() => {
  const at = document.activeElement, box = at.getClientRects()[0];
  const over = box && document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
  return {
    name: at.ariaLabel || at.labels?.[0]?.innerText || at.innerText || at.querySelector("img")?.alt || "",
    html: at.outerHTML.slice(0, 200),
    seen: Boolean(over) && (at.contains(over) || over.contains(at) || at.labels?.[0]?.contains(over)),
    ringed: [null, "::after"].map((part) => getComputedStyle(at, part)).some((style) =>
      style.content !== "none" && style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2),
  };
}"""


async def where(window: Window) -> dict[str, Any]:
    found: dict[str, Any] = await window.evaluate(WHERE)
    return found


async def tab_to(window: Window, name: str, most: int = 60) -> None:
    """As far as the control that is called so; on the way no step is out of sight."""
    for _ in range(most):
        await window.keyboard.press("Tab")
        # Some browsers leave their page for a moment here.
        if await window.evaluate("document.activeElement === document.body"):
            continue
        at = await where(window)
        assert at["seen"], f"out of sight on the way to {name}: {at['html']}"
        assert at["ringed"], f"no ring around {at['html']}"
        if name.lower() in at["name"].lower():
            return
    raise AssertionError(f"{name} is not reached by Tab")


async def press(window: Window, name: str) -> None:
    await tab_to(window, name)
    await window.keyboard.press("Enter")


async def write(window: Window, name: str, typed: str) -> None:
    await tab_to(window, name)
    await window.keyboard.type(typed)
