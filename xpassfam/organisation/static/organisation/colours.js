// The browser's palette beside a colour that is typed: each follows the other.
const WHOLE = /^#[0-9a-f]{6}$/i;

for (const palette of document.querySelectorAll("input[data-colour]")) {
  const text = document.getElementById(palette.dataset.colour);
  const follow = () => {
    const typed = text.value.trim() || palette.defaultValue;
    if (WHOLE.test(typed)) palette.value = typed;
  };
  text.addEventListener("input", follow);
  palette.addEventListener("input", () => {
    text.value = palette.value;
  });
  follow();
  palette.hidden = false;
}
