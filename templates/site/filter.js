// Filters the measures of a plan by words, status and goal. Without it all of them are shown.
(() => {
  const form = document.querySelector(".filter");
  if (!form) return;
  const [words, status, goal] = ["words", "status", "goal"].map((name) => form.elements[name]);
  const told = form.querySelector("[role=status]");
  const measures = [...document.querySelectorAll(".measure")];
  const fold = (text) => text.toLocaleLowerCase("nb").normalize("NFC");
  const show = () => {
    const wanted = fold(words.value).split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const each of measures) {
      const text = fold(each.textContent);
      each.hidden = !(
        wanted.every((word) => text.includes(word)) &&
        (!status.value || each.dataset.status === status.value) &&
        (!goal.value || each.closest("section").id === goal.value)
      );
      if (!each.hidden) shown += 1;
    }
    const filters = Boolean(wanted.length || status.value || goal.value);
    for (const section of document.querySelectorAll("section.goal")) {
      section.hidden = filters && !section.querySelector(".measure:not([hidden])");
    }
    told.textContent = (shown ? told.dataset.shown : told.dataset.none).replace("{shown}", shown);
  };
  form.hidden = false;
  form.addEventListener("input", show);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(show));
  show();
})();
