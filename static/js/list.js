// A list is narrowed in place: what the shopper opened stays open, and a tick shows what the list was made with.
// A morph changes attributes only, and a box that was ever ticked does not look at its attribute again.
htmx.registerExtension("list", {
  htmx_before_morph_attr: (element, { attrName, newValue }) => {
    if (attrName === "checked") element.checked = newValue !== null;
    return !(attrName === "open" && newValue === null && element.matches("details"));
  },
});
