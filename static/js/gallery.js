// Another choice has other pictures: until its first one can be seen, the former one stays in its place.
(() => {
  const first = () => document.querySelector("#product .gallery__place img");
  let former;
  document.addEventListener("htmx:before:swap", () => {
    const image = first();
    if (!image?.complete || !image.naturalWidth) return;
    former = Object.assign(document.createElement("canvas"), { width: image.naturalWidth, height: image.naturalHeight });
    former.getContext("2d").drawImage(image, 0, 0);
  });
  document.addEventListener("htmx:after:swap", () => {
    const image = first(), held = former;
    if (!held || !image || image.complete) return;
    image.closest(".picture").append(held);
    const shown = () => image.decode().catch(() => {}).then(() => held.remove());
    for (const name of ["load", "error"]) image.addEventListener(name, shown, { once: true });
  });
})();
